import type { TextForms } from './text-forms.ts';

/**
 * Types and subtypes of files that hold media or archives (IANA media types). Only known subtypes: "image/video" and
 * "audio/visual" are words.
 */
const mediaType = new RegExp(
  String.raw`(?<![a-z0-9])(?:${[
    String.raw`image\s{0,3}/\s{0,3}(?:p?jpe?g|jfif|jp2|jxl|a?png|gif|web-?p|bmp|tiff?|hei[cf]|avif|svg|x-|vnd\.)`,
    String.raw`video\s{0,3}/\s{0,3}(?:mp4|mpe?g|mp2t|webm|ogg|quicktime|3gpp2?|avi|h26[45]|matroska|x-|vnd\.)`,
    String.raw`audio\s{0,3}/\s{0,3}(?:mp[34]|mpeg|ogg|opus|wave?|aac|flac|midi|amr|webm|basic|x-|vnd\.)`,
    String.raw`application\s{0,3}/\s{0,3}(?:octet-stream|zip|gzip|pdf|postscript|rtf|ogg|mp4|x-|vnd\.)`,
    String.raw`multipart\s{0,3}/\s{0,3}(?:mixed|form-data|related|alternative)`,
    String.raw`message\s{0,3}/\s{0,3}rfc822`,
  ].join('|')})`,
);

/** Finds a media type in words: where one stands, its content is not far. */
export function findMediaType({ lowered }: TextForms): string | null {
  return lowered.some((form) => mediaType.test(form)) ? 'names a media type' : null;
}
