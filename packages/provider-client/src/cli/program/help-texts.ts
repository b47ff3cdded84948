const caller = '--member membership.json --key keys/private.jwks.json';

/** Below the commands. Every line that begins with `$` works as it stands, one after the other. */
export const programHelp = `
Three steps to a first referral
  In a shell, once:  alias pnpm='npx --yes pnpm@12.21.0 --silent'

  1. Make keys. Give keys/public.jwks.json to the hub; it answers with your membership.json.
     $ pnpm liaison keygen --out keys
  2. Take an example, change it, and see what the hub would say of it.
     $ pnpm liaison example --member membership.json --out first.json
     $ pnpm liaison validate first.json --member membership.json
  3. Submit it, and prove from its receipt that the hub has it.
     $ pnpm liaison submit first.json ${caller}
     $ pnpm liaison verify proof receipts/EXAMPLE-*.jws --member membership.json --fetch

Good to know
  Files hold one referral, an array of them, or one on each line (NDJSON, never all in memory);
  a folder stands for its .json, .ndjson and .jsonl files, and - for the standard input.
  Submitting again is always safe: what has a receipt is skipped, and the hub knows the rest.
  --json writes one JSON object on each line of the standard output. Errors, as JSON too, and
  the progress bar go to the standard error. NO_COLOR=1 takes the colour away.

Exit codes
  0  done
  1  something was refused, is invalid or is not proven: the lines above say what to do
  2  called wrongly, or a file or key cannot be used
  3  the hub or the log could not be reached or could not answer: run the same command again
  4  a fault of this program

A referral is no report under Article 12 of COM(2022) 209, Article 18 of Regulation (EU) 2022/2065 or
other law, and replaces none. It holds no content: no image, video, text of a conversation or thumbnail.`;

const texts = {
  keygen: {
    about: 'The private set is readable by you alone; what is there is never overwritten.',
    examples: [
      'pnpm liaison keygen --out other-keys',
      'pnpm liaison keygen --out hotline-keys --kind hotline',
    ],
  },
  example: {
    about: 'It names no real person: documentation addresses, example domains, reserved numbers.',
    examples: [
      'pnpm liaison example --member membership.json',
      'pnpm liaison example solicitation --reference CASE-2 --member membership.json --out cases/second.json',
    ],
  },
  validate: {
    about: `Nothing is sent. Faults would be refused; warnings would be accepted, and make a referral weak.
Coverage counts the useful fields that are there and missing, and says what each is good for.`,
    examples: [
      'pnpm liaison validate cases --member membership.json',
      'pnpm liaison validate - --json < first.json',
    ],
  },
  submit: {
    about: `The folder of receipts is the record of what is done: each is verified, written whole and durable before
the next batch goes. Stopped at any point, the same command goes on where it was, and nothing goes twice.`,
    examples: [
      `pnpm liaison submit cases ${caller}`,
      `cat first.json | pnpm liaison submit - --json ${caller}`,
    ],
  },
  status: {
    about:
      'Only what may be told to a user: never addressees, case numbers or what came of an investigation.',
    examples: [
      `pnpm liaison status --reference CASE-2 ${caller}`,
      `pnpm liaison status --feed ${caller}`,
      `pnpm liaison status --feed --json ${caller} > feed.ndjson`,
    ],
  },
  verify: {
    about: 'Each of these needs bytes and public keys alone, and works when the hub is gone.',
    examples: ['pnpm liaison verify receipt receipts/CASE-2.jws --member membership.json'],
  },
  'verify receipt': {
    about: 'submit saves the directory with the keys beside the receipts.',
    examples: [
      'pnpm liaison verify receipt receipts/CASE-2.jws --member membership.json',
      'pnpm liaison verify receipt receipts/CASE-2.jws --member membership.json --referral cases/second.json',
    ],
  },
  'verify proof': {
    about: 'With --save the proof is kept, and the second example needs no network.',
    examples: [
      'pnpm liaison verify proof receipts/CASE-2.jws --member membership.json --fetch --save proof.json',
      'pnpm liaison verify proof receipts/CASE-2.jws --member membership.json --proof proof.json',
    ],
  },
  'verify log': {
    about: `Whoever may see entries exports the log at the address of audit that is not public, on the hub's own machine:
  curl -s http://127.0.0.1:7421/v1/log/export > log.ndjson`,
    examples: ['pnpm liaison verify log log.ndjson --member membership.json'],
  },
} as const;

/** Commands that have a help of their own. */
export type HelpedCommand = keyof typeof texts;

/** What stands below the options of a command. */
export function helpOf(command: HelpedCommand): string {
  const { about, examples } = texts[command];
  return ['', about, '', 'Examples', ...examples.map((line) => `  $ ${line}`)].join('\n');
}
