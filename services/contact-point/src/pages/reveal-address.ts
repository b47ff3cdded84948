import { html, renderPage } from '@liaison/pages';
import { createWords } from '@liaison/pages';
import { formatUtc } from '@liaison/service';
import type { Request, Response } from 'express';
import { openStored } from '../inbox/open-stored.ts';
import { dispatchIdOf, isUuid } from '../routes/get-dispatch.ts';
import { insertReveal, revealPurposes, type RevealPurpose } from '../store/reveals.ts';
import { defang } from './defang.ts';
import { dispatchFile } from './dispatch-file.ts';
import type { ToldCode } from './dispatch-view.ts';
import { formOf } from './form-body.ts';
import { pageFrame } from './page-frame.ts';
import { readerOf, type PageDeps } from './reader.ts';
import { revealWords } from './reveal-words.ts';

/** Records that something is shown, before it is. @returns what to tell instead, where it may not be. */
async function record(
  req: Request,
  asked: { readonly pointer: string },
  deps: PageDeps,
): Promise<RevealPurpose | Extract<ToldCode, 'shown' | 'purpose'>> {
  const form = formOf(req);
  const id = form.get('revealId');
  const purpose = revealPurposes.find((one) => one === form.get('purpose'));
  if (purpose === undefined || !isUuid(id)) return 'purpose';
  const at = formatUtc(deps.clock.nowMs());
  const reveal = { id, dispatchId: dispatchIdOf(req), pointer: asked.pointer, purpose, at };
  return (await insertReveal(deps.database, reveal)) ? purpose : 'shown';
}

function tell({ req, res }: { req: Request; res: Response }, deps: PageDeps, told: ToldCode): void {
  res.redirect(303, `${deps.basePath}/inbox/${dispatchIdOf(req)}?told=${told}`);
}

/** `POST /inbox/{dispatchId}/reveal`: shows one address of a hotline, once, for a purpose that is recorded. */
export function takeReveal(deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const { entry, referral } = await openStored(dispatchIdOf(req), deps);
    const pointer = formOf(req).get('pointer') ?? '';
    const index = Number(/^\/urls\/(\d{1,2})\/url$/.exec(pointer)?.[1] ?? -1);
    const url = referral.urls?.[index]?.url;
    const purpose = url === undefined ? 'purpose' : await record(req, { pointer }, deps);
    if (url === undefined || purpose === 'purpose' || purpose === 'shown') {
      tell({ req, res }, deps, purpose === 'shown' ? 'shown' : 'purpose');
      return;
    }
    const reader = readerOf({ req, res }, deps);
    const say = createWords(revealWords, reader.locale);
    const href = `${reader.basePath}/inbox/${entry.dispatchId}`;
    const body = html`<h1>${say('revealTitle')}</h1>
      <p class="notice">${say('revealNote', { purpose: say(`purpose.${purpose}`) })}</p>
      <pre tabindex="0"><code>${defang(url)}</code></pre>
      <p><a class="button quiet" href=${href}>${say('back')}</a></p>`;
    // A page in another language would be another form: the choice of language leads back to the dispatch.
    const frame = { ...pageFrame(reader, say('revealTitle')), address: href };
    res.type('html').send(renderPage({ ...frame, body }));
  };
}

/** `POST /inbox/{dispatchId}/whole.json`: the file with the addresses, for a purpose that is recorded. */
export function takeWholeFile(deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const stored = await openStored(dispatchId, deps);
    const purpose = await record(req, { pointer: '/urls' }, deps);
    if (purpose === 'purpose' || purpose === 'shown') tell({ req, res }, deps, purpose);
    else res.attachment(`${dispatchId}-whole.json`).json(dispatchFile(stored, true));
  };
}
