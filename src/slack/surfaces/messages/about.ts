import type { Change } from '../../../changes/change.js';
import type { Facts } from '../../../changes/facts.js';
import type { Request } from '../../../requests/request.js';

/** What a message about a request is drawn from. What is particular to its change, the change says itself. */
export interface About {
  readonly request: Request;
  readonly change: Change;
  readonly facts: Facts;
}
