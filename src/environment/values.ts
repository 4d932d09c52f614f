import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { ReadFile } from './variables.js';

export const word = z.string().regex(/^\S+$/, 'must not contain spaces or line breaks');
export const startingWith = (prefix: string): z.ZodType<string, string> =>
  z.string().refine((text) => text.startsWith(prefix) && /^\S{8,}$/.test(text), {
    error: `must be a token that begins with ${prefix}`,
  });
export const basicUser = z.string().regex(/^[^:\s]+$/, 'must contain neither a colon nor spaces');
export const hostName = z
  .string()
  .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address');
export const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');
export const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port: a number from 0 (any free one) to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a port: a number from 0 (any free one) to 65535');

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Plain HTTP exposes the token to the network, so it is allowed only to this host. */
export const url = z.string().superRefine((text, context) => {
  const refuse = (message: string): void => {
    context.addIssue({ code: 'custom', message });
  };
  if (!URL.canParse(text)) {
    refuse('must be a URL such as https://host.example.org');
    return;
  }
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  if (!isSafe) refuse('must begin with https:// (http:// only to this host itself)');
  if (username !== '' || password !== '') refuse('must not contain a user name or a password');
  if (search !== '' || hash !== '') refuse('must end with its path: no ? and no #');
});

export const databaseUrl = z
  .string()
  .refine(
    (text) =>
      /^sqlite:./.test(text) || (/^postgres(ql)?:\/\/[^/]/.test(text) && URL.canParse(text)),
    'must be sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE',
  );

/** Transforms the path of a PEM file with one or more certificates into its text. */
export const certificates = (readFile: ReadFile): z.ZodType<string, string> =>
  z.string().transform((path, context) => {
    try {
      const text = readFile(path);
      const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      for (const pem of found) new X509Certificate(pem);
      if (found.length > 0) return text;
      context.addIssue({ code: 'custom', message: 'names a file without a certificate in PEM' });
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'names a file that cannot be read, or whose certificates are broken',
      });
    }
    return z.NEVER;
  });
