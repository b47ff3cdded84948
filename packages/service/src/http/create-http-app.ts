import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { ObservedAnswer } from '../metrics.ts';
import { ProblemError } from '../problem.ts';
import { answerWithProblem } from './answer-with-problem.ts';

/** What every HTTP interface needs. */
export interface HttpAppOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Full version of the interface, sent with every answer. */
  readonly apiVersion: string;
  /** Gets every answer that was sent, for the metrics. */
  readonly observeAnswer?: (answer: ObservedAnswer) => void;
  /** Adds the routes. */
  readonly routes: (app: Express) => void;
}

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
});

/** The id of the request that an answer is to. */
export function requestIdOf(res: Response): string {
  const id = res.getHeader('X-Request-Id');
  return typeof id === 'string' ? id : '';
}

/** Logs ids and figures when an answer is sent; the path stays out, it may hold what a caller made up. */
function logAnswers({ log, clock, observeAnswer }: HttpAppOptions) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const startedMs = clock.nowMs();
    res.once('finish', () => {
      const durationMs = clock.nowMs() - startedMs;
      const answer = { method: req.method, status: res.statusCode, durationMs };
      log.debug('answered', { requestId: requestIdOf(res), ...answer });
      observeAnswer?.(answer);
    });
    next();
  };
}

/**
 * An Express application with what every interface of Liaison does alike: security headers, version and request id on
 * each answer, and a problem document (RFC 9457) for each failure.
 */
export function createHttpApp(options: HttpAppOptions): Express {
  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('query parser', 'simple')
    .set('case sensitive routing', true);
  app.use(securityHeaders, (_req, res, next) => {
    res.set({
      'API-Version': options.apiVersion,
      'Cache-Control': 'no-store',
      'X-Request-Id': options.newId(),
    });
    next();
  });
  app.use(logAnswers(options));
  options.routes(app);
  app.use(() => {
    throw new ProblemError('path-unknown');
  });
  // oxlint-disable-next-line max-params -- Express knows a handler of errors by its four parameters.
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    answerWithProblem(error, { res, log: options.log });
  });
  return app;
}

/** Refuses every method that an address does not take; comes last in its route. */
export function refuseOtherMethods(...allowed: readonly string[]) {
  return (_req: Request, res: Response): never => {
    res.set('Allow', allowed.join(', '));
    throw new ProblemError('method-not-allowed');
  };
}
