import { afterEach, beforeEach, expect, it } from 'vitest';
import { cellText, deleteCell, insertCell, moveCell, readNotebook } from '../../collab/document.ts';
import { OwnChanges } from '../../collab/own-changes.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import { sharedNotebook, type SharedNotebook } from '../../../../tests/support/shared-notebook.ts';
import { until } from '../../../../tests/support/live-notebook.ts';

let shared: SharedNotebook;
beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({
			title: 'Publics',
			cells: [
				{ id: 'a', source: '1' },
				{ id: 'b', source: '2' }
			]
		})
	);
});
afterEach(() => shared.close());

it('what a person takes back, and does again, is taken by the server and read from its disk', async () => {
	const one = shared.connect('owner');
	const two = shared.connect('editor');
	await Promise.all([one.saved(), two.saved()]);
	const own = new OwnChanges(one.doc);
	cellText(two.doc, 'b')?.insert(0, 'elle ');
	await two.saved();
	await until(one.doc, (doc) => readNotebook(doc).cells[1]?.source === 'elle 2');
	own.make(one.doc, ['b'], () => deleteCell(one.doc, 'b'));
	own.make(one.doc, ['c'], () => insertCell(one.doc, 1, toCell({ id: 'c', source: '3' })));
	own.make(one.doc, ['c'], () => moveCell(one.doc, 'c', 0));
	const end = readNotebook(one.doc);
	for (let n = 0; n < 3; n++) own.undo();
	await one.saved();
	const begin = readNotebook(one.doc);
	expect(begin.cells.map(({ source }) => source)).toEqual(['1', 'elle 2']);
	expect(shared.server.rooms.read(shared.notebookId).notebook).toEqual(begin);
	await until(two.doc, (doc) => JSON.stringify(readNotebook(doc)) === JSON.stringify(begin));
	cellText(two.doc, 'b')?.insert(0, 'encore ');
	await two.saved();
	for (let n = 0; n < 3; n++) own.redo();
	await one.saved();
	expect(shared.server.rooms.read(shared.notebookId).notebook).toEqual(end);
});
