import { formProperties } from './forms.js';
import { markupProperties } from './markup.js';
import { outsideProperties } from './outside.js';
import { payloadProperties } from './payloads.js';
import type { Property } from './property.js';
import { wordProperties } from './words.js';

/** Everything that reads what somebody else wrote. */
export const properties: readonly Property[] = [
  ...wordProperties,
  ...payloadProperties,
  ...formProperties,
  ...markupProperties,
  ...outsideProperties,
];
