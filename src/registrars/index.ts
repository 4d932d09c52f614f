import { z } from 'zod';
import { doi } from './doi.js';
import { pid } from './pid.js';
import type { Registrar } from './registrar.js';

/** By Onezone's `serviceProperties.type`. */
export const registrars = { DOI: doi, PID: pid } as const satisfies Readonly<
  Record<string, Registrar>
>;

export type RegistrarType = keyof typeof registrars;

const isRegistrarType = (text: string): text is RegistrarType => Object.hasOwn(registrars, text);

export const RegistrarTypeSchema = z.enum(Object.keys(registrars).filter(isRegistrarType));
