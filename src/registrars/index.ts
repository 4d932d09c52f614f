import { doi } from './doi.js';
import { pid } from './pid.js';
import type { Registrar } from './registrar.js';

/** By Onezone's `serviceProperties.type`. */
export const registrars: Readonly<Record<Registrar['type'], Registrar>> = { DOI: doi, PID: pid };
