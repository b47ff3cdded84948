/**
 * An address as text that no program takes for one: `hxxps://host[.]example/path`. What is no address is only bracketed,
 * so that nothing is hidden.
 */
export function defang(address: string): string {
  const [, scheme = '', host = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address) ?? [];
  if (scheme === '') return address.replaceAll('.', '[.]').replaceAll(':', '[:]');
  const name = scheme.toLowerCase().replace(/^http/, 'hxxp');
  return `${name}://${host.replaceAll('.', '[.]')}${rest.replaceAll('://', '[://]')}`;
}
