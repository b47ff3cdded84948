import type { TextForms } from './text-forms.ts';

/**
 * A data URI (RFC 2397) without white space and in lower case. The word "data:" alone is prose; what makes it a URI is a
 * media type with its subtype, a parameter, or content straight after its comma.
 */
const dataUri =
  /data:(?:(?:text|image|audio|video|application|font|model|multipart)\/[a-z0-9.+-]{2,60}[;,](?:base64|charset=|[a-z0-9-]{1,20}=)|(?:image|audio|video|application|font|model)\/(?:p?jpe?g|a?png|gif|webp|bmp|tiff?|hei[cf]|avif|svg\+xml|mp[34]|mpeg|webm|ogg|quicktime|wav|aac|flac|octet-stream|zip|gzip|pdf|x-[a-z0-9-]{1,30})|text\/(?:plain|html|xml|css|javascript)|;base64,|;charset=|,%[0-9a-f]{2})/;
const base64Marker = /;base64,/;

/** Finds a data URI, however it is spaced, capitalised or escaped. */
export function findDataUri({ squeezed }: Pick<TextForms, 'squeezed'>): string | null {
  return dataUri.test(squeezed) || base64Marker.test(squeezed) ? 'holds a data URI' : null;
}
