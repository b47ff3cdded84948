import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleOpenApi, openApiToYaml, readOpenApi, type SchemaDocument } from '@liaison/contracts';
import type { IRouter, NextFunction, Request, RequestHandler, Response } from 'express';
import { refuseOtherMethods } from './create-http-app.ts';

/** Which interface is documented. */
export interface ApiDocumentation {
  /** Name of the OpenAPI document in `contracts/openapi`, for example `submission-api`. */
  readonly document: string;
  /** Only operations with one of these tags: for a listener that answers a part of the document. */
  readonly tags?: readonly string[];
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// Not import.meta.resolve: test runners that transform modules do not have it.
const { resolve } = createRequire(import.meta.url);

/** The files of the page, and where they come from. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': resolve('swagger-ui-dist/swagger-ui.css'),
  'swagger-ui-bundle.js': resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  'show-api.css': fileURLToPath(new URL('../../assets/show-api.css', import.meta.url)),
  'show-api.js': fileURLToPath(new URL('../../assets/show-api.js', import.meta.url)),
};

/** Where a router is mounted: a contact point's interface may stand below a path of its own. */
function readPage(title: string, mount: string): string {
  const at = `${mount}/docs`;
  const document = `${mount}/v1/openapi`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: documentation</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${at}/swagger-ui.css">
<link rel="stylesheet" href="${at}/show-api.css">
</head>
<body>
<noscript><p>The page needs JavaScript. The same in a file:
<a href="${document}.json">${document}.json</a>, <a href="${document}.yaml">${document}.yaml</a>.</p></noscript>
<main id="api" data-document="${document}.json"></main>
<script src="${at}/swagger-ui-bundle.js"></script>
<script src="${at}/show-api.js"></script>
</body>
</html>
`;
}

function titleOf(document: string): string {
  const { title } = readOpenApi(document)['info'] as { title?: unknown };
  return typeof title === 'string' ? title : 'Liaison';
}

/** A contract is public: pages of any origin may read it. */
function letAnybodyRead(_req: Request, res: Response, next: NextFunction): void {
  res.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  next();
}

function sendDocument(
  { document, tags }: ApiDocumentation,
  type: string,
  format: (document: SchemaDocument) => string,
): RequestHandler {
  // Made when it is first asked for: most processes are never asked.
  const byMount = new Map<string, Buffer>();
  return (req, res) => {
    const mount = req.baseUrl;
    const bytes =
      byMount.get(mount) ??
      Buffer.from(format(bundleOpenApi(document, { serverUrl: `${mount}/v1`, ...(tags && { tags }) })));
    byMount.set(mount, bytes);
    res.set('Content-Type', type).send(bytes);
  };
}

/**
 * Adds the documentation of an interface to its own router: the OpenAPI document by itself, with every schema in it, at
 * `/v1/openapi.json` and `/v1/openapi.yaml` for pages of any origin, and a page at `/docs` that shows it. The page runs and
 * asks for nothing that does not come from here.
 */
export function addApiDocumentation(router: IRouter, documentation: ApiDocumentation): void {
  const readOnly = refuseOtherMethods('GET', 'HEAD');
  router
    .route('/v1/openapi.json')
    .get(letAnybodyRead, sendDocument(documentation, 'application/json', JSON.stringify))
    .all(readOnly);
  router
    .route('/v1/openapi.yaml')
    .get(letAnybodyRead, sendDocument(documentation, 'application/yaml', openApiToYaml))
    .all(readOnly);
  router
    .route('/docs')
    .get((req, res) => {
      res.set('Content-Security-Policy', contentSecurityPolicy);
      res.type('html').send(readPage(titleOf(documentation.document), req.baseUrl));
    })
    .all(readOnly);
  for (const [name, path] of Object.entries(assets)) {
    router
      .route(`/docs/${name}`)
      .get((_req, res, next) => {
        res.set('Cache-Control', 'public, max-age=3600');
        // A folder above may be hidden (`.pnpm`). Whoever goes away in the middle is no fault of ours.
        res.sendFile(
          path,
          { cacheControl: false, lastModified: false, dotfiles: 'allow' },
          (error?: Error) => {
            if (error !== undefined && !res.headersSent) next(error);
          },
        );
      })
      .all(readOnly);
  }
}
