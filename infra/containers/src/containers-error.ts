const messages = {
  'docker-missing': 'Docker is needed: install docker.io and docker-compose, and start dockerd.',
  'base-missing':
    'The base images can neither be pulled nor made: root, debootstrap and Debian’s packages are needed for that.',
  'step-failed': 'A step failed; what it printed stands above.',
  'not-flawless': 'Not everything arrived where it should, or can be proved.',
} as const;

/** Why the containers could not be run: a fixed sentence for a person. */
export class ContainersError extends Error {
  override readonly name = 'ContainersError';
  readonly code: keyof typeof messages;

  constructor(code: keyof typeof messages, options?: { cause?: unknown }) {
    super(messages[code], options);
    this.code = code;
  }
}
