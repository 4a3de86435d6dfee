import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { readNotebook, writeNotebook } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { Folder } from './folder.ts';
import { assemble } from './stored-document.ts';

const notebook = toNotebook({ title: 'Un', cells: [{ id: 'a', source: '1 + 1' }] });
function stored() {
	const doc = new Y.Doc();
	writeNotebook(doc, notebook);
	return { snapshot: null, updates: [Y.encodeStateAsUpdate(doc)] };
}
function read(snapshot: Uint8Array) {
	const doc = new Y.Doc();
	assemble('n', { snapshot, updates: [] }, doc);
	return readNotebook(doc);
}
const unreadable = { snapshot: null, updates: [Uint8Array.of(1, 2, 3)] };

for (const [where, entry] of [
	['in its thread', undefined],
	['here, where no thread can be started', new URL('file:///absent/fold-thread.ts')]
] as const)
	it(`folds ${where}, one after the other, and says what cannot be read`, async () => {
		const folder = new Folder(entry);
		const asked = [folder.fold('n', stored()), folder.fold('n', unreadable)];
		const [whole, broken] = await Promise.allSettled(asked);
		expect(whole?.status === 'fulfilled' && read(whole.value)).toEqual(notebook);
		expect(broken).toMatchObject({
			status: 'rejected',
			reason: { message: expect.stringContaining('cannot be read') as string }
		});
		expect(read(await folder.fold('n', stored()))).toEqual(notebook);
		await folder.close();
	});

it('leaves nothing waiting when it ends', async () => {
	const folder = new Folder();
	const asked = folder.fold('n', stored());
	const refused = expect(asked).rejects.toThrow('the server ends');
	await folder.close();
	await refused;
});
