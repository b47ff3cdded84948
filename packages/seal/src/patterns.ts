/** Forms of header members, as `definitions.v1.json` has them; a test compares. */
export const patterns = {
  thumbprint: /^[A-Za-z0-9_-]{43}$/,
  participantId: /^[a-z][a-z0-9-]{1,62}$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
} as const;
