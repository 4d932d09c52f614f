import type { IncomingMessage, ServerResponse } from 'node:http';
import { without } from '../without.js';
import type { ApiCall, SlackFault } from '../types.js';
import type { Workspace } from '../workspace.js';
import { ApiError } from './api-error.js';
import { decodeArguments } from './arguments.js';
import type { FaultDesk } from './fault-desk.js';
import { needScope, type Methods } from './method.js';
import { checkToken, tokenKind, type Tokens } from './token-check.js';

export interface WebApiOptions {
  readonly workspace: Workspace;
  readonly methods: Methods;
  readonly tokens: Tokens;
  readonly faults: FaultDesk;
}

export interface ApiRequest {
  readonly method: string;
  readonly body: string;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

type Result = Readonly<Record<string, unknown>> & { readonly ok: boolean };

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly error: string | null;
}

/** Answers `POST /api/METHOD`; faults that were ordered come first. */
export function createWebApi(options: WebApiOptions): (request: ApiRequest) => void {
  const { workspace, methods, tokens, faults } = options;
  let seq = 0;

  return function answer(request) {
    const { method, incoming } = request;
    const fields = decodeArguments(incoming.headers['content-type'] ?? '', request.body);
    const token =
      bearer(incoming) ?? (typeof fields['token'] === 'string' ? fields['token'] : null);
    const args = without(fields, 'token');
    const kind = tokenKind(tokens, token);
    const started = performance.now();
    const at = workspace.now().toISOString();
    const number = (seq += 1);

    const record = (reply: Pick<Reply, 'error'> & { readonly status: number | null }) => {
      const ms = Math.round(performance.now() - started);
      const ok = reply.error === null && reply.status === 200;
      const call = { seq: number, at, method, args, token: kind, ok, ...reply, ms };
      workspace.calls.push(call);
      workspace.tell({ type: 'call', call });
    };
    const run = () => carryOut({ method, args, kind });
    const reply = (made: Reply) => {
      record({ status: made.status, error: made.error });
      request.response.writeHead(made.status, {
        date: workspace.now().toUTCString(),
        ...scopeHeaders(),
        ...made.headers,
      });
      request.response.end(made.body);
    };
    const fault = faults.take(method, args['channel']);
    if (fault === null) reply(run());
    else meet(fault, { request, run, reply, record });
  };

  function carryOut(call: {
    readonly method: string;
    readonly args: Readonly<Record<string, unknown>>;
    readonly kind: ApiCall['token'];
  }): Reply {
    try {
      const method = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
      if (method === undefined) throw new ApiError('unknown_method', { req_method: call.method });
      checkToken(call.kind, method);
      if (method.scope !== null) needScope(workspace, method.scope);
      return json({ ok: true, ...method.run({ workspace, args: call.args }) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.retryAfter !== null) return limited(error.retryAfter);
      return json({ ok: false, error: error.code, ...error.extra });
    }
  }

  function scopeHeaders() {
    return workspace.scopes === null ? {} : { 'x-oauth-scopes': workspace.scopes.join(',') };
  }
}

interface Meeting {
  readonly request: ApiRequest;
  readonly run: () => Reply;
  readonly reply: (made: Reply) => void;
  readonly record: (outcome: { readonly status: number | null; readonly error: string }) => void;
}

function meet(fault: SlackFault, { request, run, reply, record }: Meeting): void {
  switch (fault.kind) {
    case 'status':
      reply(plain(fault.status, fault.body ?? '', `http_${fault.status}`));
      return;
    case 'rate-limited':
      reply(limited(fault.retryAfter));
      return;
    case 'delay':
      setTimeout(() => {
        reply(run());
      }, fault.ms).unref();
      return;
    case 'commit-then-hang':
      run();
      record({ status: null, error: 'commit-then-hang' });
      return;
    case 'hang':
      record({ status: null, error: 'hang' });
      return;
    case 'commit-then-reset':
      run();
      record({ status: null, error: 'commit-then-reset' });
      request.incoming.socket.destroy();
      return;
    case 'reset':
      record({ status: null, error: 'reset' });
      request.incoming.socket.destroy();
      return;
    case 'html':
      reply({ ...plain(200, '<!DOCTYPE html><html><body>Slack</body></html>', 'html') });
      return;
    case 'error':
      if (fault.commit === true) run();
      reply(json({ ok: false, error: fault.error, ...fault.extra }));
      return;
  }
}

function json(result: Result): Reply {
  return {
    status: 200,
    body: JSON.stringify(result),
    headers: { 'content-type': 'application/json; charset=utf-8' },
    error: result.ok ? null : String(result['error']),
  };
}

function plain(status: number, body: string, error: string): Reply {
  return { status, body, headers: { 'content-type': 'text/html' }, error };
}

function limited(retryAfter: number | null): Reply {
  const { headers, ...reply } = json({ ok: false, error: 'ratelimited' });
  const wait = retryAfter === null ? {} : { 'retry-after': String(retryAfter) };
  return { ...reply, status: 429, headers: { ...headers, ...wait } };
}

function bearer(incoming: IncomingMessage): string | null {
  return /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? null;
}
