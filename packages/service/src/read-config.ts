import { envSchema } from 'env-schema';
import { CodedError } from './coded-error.ts';

/**
 * Reads a typed configuration from a record of environment variables.
 * @param schema JSON Schema of an object whose members are the variables' names.
 * @throws CodedError `config-invalid` naming every wrong variable, never a value: it may be a secret.
 */
export function readConfig<Config extends object>(
  schema: { readonly required?: readonly string[]; readonly properties: Readonly<Record<string, object>> },
  env: Readonly<Record<string, string | undefined>>,
): Config {
  try {
    return envSchema<Config>({
      schema: { type: 'object', ...schema, required: [...(schema.required ?? [])] },
      data: { ...env },
      dotenv: false,
      env: false,
    });
  } catch (error) {
    const details = (
      error as { errors?: readonly { instancePath?: string; params?: Record<string, unknown> }[] }
    ).errors;
    const names = (details ?? []).map(({ instancePath, params }) => {
      const missing = params?.['missingProperty'];
      return typeof missing === 'string' ? missing : (instancePath ?? '').slice(1);
    });
    throw new CodedError(
      'config-invalid',
      `The configuration is wrong at: ${[...new Set(names)].join(', ')}.`,
    );
  }
}
