import { expect, test } from 'vitest';
import { tablesFor } from './other-tables';

const cell = (id: string, from: string[], columns: Record<string, string[]>) => ({
	id,
	facts: { id, kind: 'code', defines: [], uses: [], from, columns } as const
});

test('a cell may take any table but its own and those that are made of it', () => {
	const cells = [
		cell('after', ['mine'], { apres: ['x'] }),
		cell('later', ['after'], { plusTard: ['x'] }),
		cell('data', [], { ventes: ['ville', 'n'] }),
		cell('mine', ['data'], { resultat: ['n'] }),
		cell('beside', ['data'], { autre: ['n'], encore: [] }),
		{ id: 'new', facts: null }
	];
	expect(tablesFor('mine', cells)).toEqual([
		{ name: 'ventes', columns: ['ville', 'n'] },
		{ name: 'autre', columns: ['n'] },
		{ name: 'encore', columns: [] }
	]);
});
