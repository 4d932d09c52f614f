import { randomUUID } from 'node:crypto';
import type { Delivery, DeliveryKind, Tamper, WireRequest } from '../types.js';
import type { Workspace } from '../workspace.js';
import { sendHttp, type Answer } from './http.js';
import { routes } from './routes.js';
import type { SocketHub } from './socket-hub.js';
import { signedRequest, tampered, type Retry } from './wire.js';

/** Something for the bot. */
export interface Parcel {
  readonly kind: DeliveryKind;
  readonly name: string;
  readonly user: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly retry?: Retry;
}

export interface AckBody {
  readonly body: string;
  /** By its content type; always so in Socket Mode. */
  readonly isJson: boolean;
}

/** Takes a good answer; returns why Slack does not accept it, or null. */
export type Accept = (answer: AckBody) => string | null;

export interface Courier {
  /** Null: to whoever is connected by Socket Mode. */
  requestUrl: string | null;
  deliver(parcel: Parcel, accept: Accept): Promise<Delivery>;
  /** Records what Slack kept to itself. */
  keep(parcel: Parcel, why: string): Delivery;
  redeliver(delivery: Delivery, tamper: Tamper): Promise<Delivery>;
  /** Ids of deliveries after which an event must not be sent again. */
  readonly finals: ReadonlySet<number>;
}

export interface CourierOptions {
  readonly workspace: Workspace;
  readonly hub: SocketHub;
  readonly signingSecret: string;
}

export function createCourier(options: CourierOptions): Courier {
  const { workspace, hub, signingSecret } = options;
  const finals = new Set<number>();
  let sent = 0;

  const courier: Courier = {
    requestUrl: null,
    finals,
    deliver: (parcel, accept) => send(parcel, wireFor(parcel), accept),
    keep: (parcel, why) => record(blank(parcel, null), { outcome: 'not_delivered', why }),
    redeliver(delivery, tamper) {
      const { request } = delivery;
      if (request === null) throw new Error('This delivery never left Slack.');
      return send(delivery, tampered(signingSecret, request, tamper), () => null);
    },
  };

  function wireFor(parcel: Parcel): WireRequest {
    const { payload, retry = null } = parcel;
    if (courier.requestUrl !== null) {
      return signedRequest(signingSecret, routes[parcel.kind], { payload, retry });
    }
    return { headers: {}, body: JSON.stringify(payload), envelopeId: randomUUID() };
  }

  async function send(parcel: Parcel | Delivery, wire: WireRequest, accept: Accept) {
    const draft = blank(parcel, wire);
    const started = performance.now();
    const answer = await transport(draft, wire);
    const ms = Math.round(performance.now() - started);
    if (answer.kind === 'answered' && answer.noRetry) finals.add(draft.id);
    return record({ ...draft, ms }, judged(answer, accept));
  }

  function transport(draft: Delivery, wire: WireRequest): Promise<Answer> {
    const { ack } = workspace.deadlines;
    if (wire.envelopeId !== null) return hub.send(envelope(draft, wire.envelopeId), ack);
    if (courier.requestUrl !== null) return sendHttp(courier.requestUrl, wire, ack);
    return Promise.resolve({ kind: 'failed', why: 'no request URL is set' });
  }

  function blank(parcel: Parcel | Delivery, request: WireRequest | null): Delivery {
    const { kind, name, user, payload, retry } = parcel;
    return {
      id: (sent += 1),
      at: workspace.now().toISOString(),
      kind,
      name,
      user,
      payload,
      transport: request === null ? 'none' : request.envelopeId === null ? 'http' : 'socket',
      request,
      status: null,
      body: '',
      ms: 0,
      outcome: 'ok',
      why: null,
      retry: typeof retry === 'object' ? retry.attempt : (retry ?? 0),
    };
  }

  function record(draft: Delivery, result: Partial<Delivery>): Delivery {
    const delivery = { ...draft, ...result };
    workspace.deliveries.push(delivery);
    workspace.tell({ type: 'delivery', delivery });
    return delivery;
  }

  return courier;
}

function envelope(delivery: Delivery, id: string) {
  const { envelope: type, answers } = routes[delivery.kind];
  const again = {
    retry_attempt: delivery.retry,
    retry_reason: delivery.retry > 0 ? 'timeout' : '',
  };
  return {
    envelope_id: id,
    type,
    accepts_response_payload: answers,
    ...(type === 'events_api' ? again : {}),
    payload: delivery.payload,
  };
}

function judged(answer: Answer, accept: Accept): Partial<Delivery> {
  if (answer.kind === 'timeout') {
    return { outcome: 'operation_timeout', why: 'no acknowledgement in time' };
  }
  if (answer.kind === 'failed') return { outcome: 'dispatch_failed', why: answer.why };
  const { status, body, isJson } = answer;
  if (status < 200 || status > 299) {
    return { status, body, outcome: 'dispatch_failed', why: `the bot answered ${status}` };
  }
  const why = accept({ body, isJson });
  return { status, body, outcome: why === null ? 'ok' : 'invalid_ack', why };
}
