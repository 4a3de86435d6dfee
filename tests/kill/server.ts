/**
 * The server that is killed: the real rooms over a real database, with the real sessions, and nothing else. Arguments:
 * the folder of its data, its port, and one of `faults`, which the harness must find out.
 */
import { createServer } from 'node:http';
import * as Y from 'yjs';
import { cellText } from '../../src/lib/collab/document.ts';
import { roomsOf, type Rooms } from '../../src/lib/server/collab/rooms.ts';
import { testApp } from '../support/app.ts';

const [data = '', port = '', fault = ''] = process.argv.slice(2);
const { app, close } = testApp(data, Number(port));
const rooms = roomsOf(app);
rooms.journal.foldAfter = { rows: 15, bytes: 2 ** 20 };

const faults: Record<string, (journal: Rooms['journal']) => void> = {
	/** Says that it is kept, and writes a little later. */
	early(journal) {
		const append = journal.append.bind(journal);
		journal.append = (entry) => {
			setTimeout(() => append(entry).catch(() => {}), 150);
			return Promise.resolve();
		};
	},
	/** Now and then, writes an edit a second time as if it were another. */
	double(journal) {
		const append = journal.append.bind(journal);
		let count = 0;
		journal.append = async (entry) => {
			await append(entry);
			if (++count % 50 > 0) return;
			for (const struct of Y.decodeUpdate(entry.update).structs)
				if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
					const { str } = struct.content;
					setImmediate(() =>
						rooms.change(entry.notebookId, (doc) => cellText(doc, 'a')?.insert(0, str))
					);
				}
		};
	}
};
faults[fault]?.(rooms.journal);

const server = createServer((_request, response) => response.end('ok'));
server.on('upgrade', (request, socket, head) => {
	if (!rooms.upgrade(request, socket, head)) socket.destroy();
});
server.listen(Number(port), '127.0.0.1', () => console.log(process.pid));
process.on('SIGTERM', () => {
	void rooms.close().then(() => {
		close();
		process.exit(0);
	});
});
