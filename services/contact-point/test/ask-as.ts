import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** Asks under another name than the address has. @returns the status. */
export async function askAs(host: string, url: string): Promise<number> {
  const request = get(url, { headers: { host } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode ?? 0;
}
