import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openTestStore } from '#lib/testing';

const given = process.env['DATABASE_URL'];
if (!given) process.stderr.write('not run: the store on a given server, because DATABASE_URL names none\n');

describe('the store on a given server', () => {
  (given ? it : it.skip)(
    `${given ? '' : 'not run, DATABASE_URL names none: '}works in a database of its own, which is gone afterwards`,
    async () => {
      const test = await openTestStore([
        { owner: 'pond', migrations: [{ name: '0001', sql: 'create table fish (id int)' }] },
      ]);
      const { rows } = await sql<{
        name: string;
      }>`select current_database() as name from fish right join (select 1) one on true`.execute(test.store.tables());
      const { host } = new URL(given!);
      expect(new URL(test.url).host).toBe(host);
      expect(rows[0]?.name).toMatch(/^saaltor_test_/);
      await test.close();
    },
    60_000,
  );
});
