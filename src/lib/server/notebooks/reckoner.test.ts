import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeNotebook } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { packState } from '../collab/stored-document.ts';
import { Reckoner } from './reckoner.ts';

function written(title: string): Y.Doc {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ title, cells: [{ id: 'a', source: '1' }] }));
	return doc;
}
const asked = (originVersionId: string, origin: string, copy: string, updates?: Uint8Array[]) => ({
	...{ copyId: 'c', originVersionId, origin: packState(written(origin)), lang: 'fr' as const },
	copy: { snapshot: null, updates: updates ?? [Y.encodeStateAsUpdate(written(copy))] }
});

for (const [where, entry] of [
	['in its thread', undefined],
	['here, where no thread can be started', new URL('file:///absent/reckon-thread.ts')]
] as const)
	it(`reckons ${where}, each against its own origin, and says what cannot be read`, async () => {
		const reckoner = new Reckoner(entry);
		const totals = await Promise.allSettled([
			reckoner.reckon(asked('v', 'Un', 'Un')),
			reckoner.reckon(asked('v', 'Un', 'Deux')),
			reckoner.reckon(asked('w', 'Deux', 'Deux')),
			reckoner.reckon(asked('w', 'Deux', 'Deux', [Uint8Array.of(1, 2, 3)]))
		]);
		await reckoner.close();
		expect(totals.slice(0, 3)).toMatchObject([0, 1, 0].map((total) => ({ value: { total } })));
		expect(totals[3]).toMatchObject({
			reason: { message: expect.stringContaining('cannot be read') as string }
		});
	});
