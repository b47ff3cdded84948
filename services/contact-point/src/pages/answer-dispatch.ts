import { renderPage } from '@liaison/pages';
import { ProblemError, type NewId } from '@liaison/service';
import type { Request, Response } from 'express';
import { holdAnswer } from '../answers/hold-answer.ts';
import { openStored } from '../inbox/open-stored.ts';
import { dispatchIdOf } from '../routes/get-dispatch.ts';
import { countAnswers } from '../store/held-answers.ts';
import { renderAnswerCheck } from './answer-check.ts';
import { readAnswer, type AnswerForm } from './answer-fields.ts';
import { answerSay, renderAnswerForm, type FormView } from './answer-form.ts';
import type { ToldCode } from './dispatch-view.ts';
import { formOf } from './form-body.ts';
import { pageFrame } from './page-frame.ts';
import { readerOf, type PageDeps } from './reader.ts';

interface Asked {
  readonly form: AnswerForm;
  readonly req: Request;
  readonly res: Response;
}

async function viewForm(
  { form, req, res }: Asked,
  filled: Pick<FormView, 'input' | 'wrong'>,
  deps: PageDeps,
): Promise<FormView> {
  const { entry, dispatch, referral } = await openStored(dispatchIdOf(req), deps);
  const reader = readerOf({ req, res }, deps);
  return {
    ...filled,
    form,
    reader,
    say: answerSay(reader),
    href: `${reader.basePath}/inbox/${entry.dispatchId}`,
    providerReference: referral.providerReference,
    senderId: entry.senderId,
    addressees: dispatch.decision.criminal.concerned.map(({ country }) => country),
  };
}

function sendForm(res: Response, view: FormView): void {
  const { form, say, wrong } = view;
  const title = wrong.length === 0 ? say(form) : say('errorTitle', { title: say(form) });
  const page = { ...pageFrame(view.reader, title), body: renderAnswerForm(view) };
  res
    .status(wrong.length === 0 ? 200 : 422)
    .type('html')
    .send(renderPage(page));
}

function tell(asked: Asked, deps: PageDeps, told?: ToldCode): void {
  const query = told === undefined ? '' : `?told=${told}`;
  asked.res.redirect(303, `${deps.basePath}/inbox/${dispatchIdOf(asked.req)}${query}`);
}

/** `GET /inbox/{dispatchId}/{form}`: an empty form, with an id that makes sending it twice one answer. */
export function showAnswerForm(form: AnswerForm, deps: PageDeps & { readonly newId: NewId }) {
  return async (req: Request, res: Response): Promise<void> => {
    const seen = await countAnswers(deps.database, dispatchIdOf(req));
    const input = new URLSearchParams({ answerId: deps.newId(), seen: String(seen) });
    sendForm(res, await viewForm({ form, req, res }, { input, wrong: [] }, deps));
  };
}

/** `POST /inbox/{dispatchId}/{form}`: shows what is about to be sent, then holds it, to be sent by itself. */
export function takeAnswerForm(form: AnswerForm, deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const asked = { form, req, res };
    const input = formOf(req);
    const step = input.get('step');
    const read = readAnswer(form, input);
    if (!read.ok || step === 'change') {
      const wrong = read.ok || step === 'change' ? [] : read.wrong;
      sendForm(res, await viewForm(asked, { input, wrong }, deps));
      return;
    }
    if (step !== 'send') {
      const view = await viewForm(asked, { input, wrong: [] }, deps);
      const frame = pageFrame(view.reader, view.say('checkTitle'));
      res.type('html').send(renderPage({ ...frame, body: renderAnswerCheck(view, read.answer) }));
      return;
    }
    const { answer } = read;
    const seen = Number(input.get('seen') ?? -1);
    const held = await holdAnswer({ dispatchId: dispatchIdOf(req), answer, seen }, deps).catch(
      (error: unknown) => {
        if (error instanceof ProblemError && error.code === 'answer-conflict') return 'conflict' as const;
        throw error;
      },
    );
    tell(asked, deps, held === 'held' ? undefined : held);
  };
}
