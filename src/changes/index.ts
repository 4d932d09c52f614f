import type { ChangeName, Request } from '../requests/request.js';
import type { Services } from '../services.js';
import { carryOutGrant } from './grant/carry-out.js';
import { previewGrant } from './grant/preview.js';
import { carryOutRegister } from './register/carry-out.js';

/** What the bot can change. Help, completion and the forms' titles are printed from this. */
export const changes: Readonly<Record<ChangeName, ChangeWords>> = {
  register: {
    words: ['register'],
    usage: 'register [NAME]',
    summary: 'Register a handle service: a DOI or PID registrar account.',
  },
  grant: {
    words: ['request', 'grant'],
    usage: 'request [@person …] [SERVICE]',
    summary: 'Ask for access to a handle service, for yourself or others.',
  },
};

export interface ChangeWords {
  /** As typed after `/handle`; the first is the one that help shows. */
  readonly words: readonly string[];
  readonly usage: string;
  readonly summary: string;
}

/** The request with what the zone says now, for the approvers to see. Changes nothing there. */
export async function preview(services: Services, request: Request): Promise<Request> {
  switch (request.change) {
    case 'grant':
      return previewGrant(services, request);
    case 'register':
      // All there is to show is what was typed; Onezone need only be there.
      await services.onezone.connect();
      return request;
  }
}

/** Makes it so in the zone, and reads it back. May be cut off anywhere and run again. */
export async function carryOut(services: Services, request: Request): Promise<void> {
  switch (request.change) {
    case 'grant':
      return carryOutGrant(services, request);
    case 'register':
      return carryOutRegister(services, request);
  }
}
