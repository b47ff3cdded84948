import type { Request, Response } from 'express';
import { undoAnswer } from '../answers/hold-answer.ts';
import { dispatchIdOf, isUuid } from '../routes/get-dispatch.ts';
import { formOf } from './form-body.ts';
import type { PageDeps } from './reader.ts';

/** `POST /inbox/{dispatchId}/undo`: takes a held answer back. */
export function takeUndo(deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const answerId = formOf(req).get('answerId');
    const isUndone = isUuid(answerId) && (await undoAnswer({ dispatchId, answerId }, deps));
    res.redirect(303, `${deps.basePath}/inbox/${dispatchId}?told=${isUndone ? 'undone' : 'late'}`);
  };
}
