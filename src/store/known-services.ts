import { sql } from 'kysely';
import { z } from 'zod';
import { OnezoneId } from '../requests/request.js';
import { batches, type Database, type Tx, write } from './database.js';
import { readMark, writeMark } from './marks.js';
import { readJson } from './read-json.js';
import { cutSearch, escapeLike, fold, like, withoutNul } from './search-text.js';
import type { KnownService, KnownServices } from './store.js';

export function servicesOf(database: Database, now: () => Date): KnownServices {
  const { db } = database;
  const docs = db.selectFrom('services').select(['id', 'doc']);
  const search = sql.ref<string>('search');
  return {
    replaceAll: (services) =>
      write(database, async (tx) => {
        await tx.deleteFrom('services').execute();
        for (const batch of batches(lastOfEach(services))) await put(tx, batch);
        await writeMark(tx, 'services read', now().toISOString());
        await writeMark(tx, 'services unread', '');
      }),
    put: (service) => write(database, (tx) => put(tx, [service])),
    remove: async (id) => {
      await db.deleteFrom('services').where('id', '=', id).execute();
    },
    get: async (id) => {
      const row = await docs.where('id', '=', withoutNul(id)).executeTakeFirst();
      return row === undefined ? null : toService(row);
    },
    byName: async (name) => {
      const rows = await docs.where('search', '=', fold(name)).orderBy('id').execute();
      return rows.map(toService);
    },
    search: async (text, { limit, offset = 0 }) => {
      const wanted = escapeLike(fold(cutSearch(text)));
      const rows = await docs
        .where(like(search, `%${wanted}%`))
        .orderBy(sql`case when ${like(search, `${wanted}%`)} then 0 else 1 end`)
        .orderBy('search')
        .orderBy('id')
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(toService);
    },
    count: async () => {
      const all = db.selectFrom('services').select(sql<number>`cast(count(*) as integer)`.as('n'));
      return (await all.executeTakeFirstOrThrow()).n;
    },
    reading: async () => {
      const readAt = await readMark(db, 'services read');
      const unread = (await readMark(db, 'services unread')) || null;
      return {
        readAt: readAt === null ? null : new Date(readAt),
        trouble: unread === null ? null : readJson(Trouble, unread, 'Why services are not read'),
      };
    },
    couldNotBeRead: (trouble) =>
      write(database, (tx) => writeMark(tx, 'services unread', JSON.stringify(trouble))),
  };
}

async function put(tx: Tx, services: readonly KnownService[]): Promise<void> {
  await tx
    .insertInto('services')
    .values(services.map(toRow))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({
        search: row.ref('excluded.search'),
        doc: row.ref('excluded.doc'),
      })),
    )
    .execute();
}

const lastOfEach = (services: readonly KnownService[]): readonly KnownService[] => [
  ...new Map(services.map((service) => [service.id, service])).values(),
];

const toRow = (service: KnownService) => ({
  id: service.id,
  search: fold(service.name),
  doc: JSON.stringify(service),
});

const Service = z.object({
  id: OnezoneId,
  name: z.string(),
  registrar: z.string().nullable(),
  prefix: z.string().nullable(),
  readAt: z.coerce.date(),
});

const Trouble = z.object({ why: z.string(), next: z.string() });

const toService = ({ id, doc }: { readonly id: string; readonly doc: string }): KnownService =>
  readJson(Service, doc, `Handle service ${id}`);
