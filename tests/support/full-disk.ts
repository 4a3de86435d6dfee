/** For tests only: a disk without room, as SQLite meets it (a real `SQLITE_FULL`). */
import type { App } from '../../src/lib/server/app.ts';

/** Lets the database grow no more, its free pages used up first; answers how room is made again. */
export function fillDisk({ db: { $client } }: App): () => void {
	$client.exec('create table if not exists stuffing (bytes blob)');
	const pages = Number($client.pragma('page_count', { simple: true }));
	$client.pragma(`max_page_count = ${pages}`);
	const stuff = $client.prepare('insert into stuffing values (zeroblob(?))');
	for (const bytes of [100_000, 4000, 200])
		for (let full = false; !full;)
			try {
				stuff.run(bytes);
			} catch {
				full = true;
			}
	return () => void $client.pragma('max_page_count = 1073741823');
}
