import { expect, test } from 'vitest';
import type { KnownColumn } from '$lib/core/pipeline/columns-after';
import { parsePipeline } from '$lib/core/pipeline/parse-pipeline';
import { chainProblems } from './chain-problems';

const HEAD: readonly KnownColumn[] = [
	{ name: 'ville', type: 'text' },
	{ name: 'billets', type: 'integer' }
];
const LIEUX: readonly KnownColumn[] = [
	{ name: 'nom', type: 'text' },
	{ name: 'region', type: 'text' }
];
/** `code name→nearest!` of each step; `!` where reading the nearest puts it right. */
function of(
	calls: string,
	columnsAt: (index: number) => readonly KnownColumn[] | null = (index) => (index < 0 ? HEAD : null)
): readonly string[] {
	const steps = parsePipeline(`ventes${calls}`)?.steps ?? [];
	const tables = (name: string) => (name === 'lieux' ? LIEUX : null);
	return chainProblems(steps, columnsAt, tables).map((problems) =>
		problems
			.map(({ problem: { code, name, nearest }, mends }) =>
				`${code} ${name}→${nearest}${mends ? '!' : ''}`.trim()
			)
			.join(', ')
	);
}

test('every step says what is wrong, behind the first that fails too', () => {
	expect(
		of('.filter(d => d.vile === "Alma").derive({double: d => d.billets * 2}).orderby("billet")')
	).toEqual(['unknown_column vile→ville!', '', 'unknown_column billet→billets!']);
	expect(of('.select("ville").filter(d => d.billets > 2)')[1]).toMatch(/^unknown_column billets/);
});

test('a step that is off is not looked at, and takes nothing away', () => {
	expect(of(' /*off .select("vile") */ .filter(d => d.billets > 2)')).toEqual(['', '']);
});

test('what only running it tells is not guessed, and what ran is known again behind it', () => {
	const code = '.spread("ville").filter(d => d.absente > 2)';
	expect(of(code)).toEqual(['', '']);
	expect(of(code, (index) => (index === 0 ? LIEUX : HEAD))[1]).toMatch(/^unknown_column absente/);
	expect(of('.filter(d => d.absente > 2)', () => null)).toEqual(['']);
});

test('a wrong column of another table is told, and has no button that would change nothing', () => {
	expect(of('.join_left(lieux, ["ville", "nomm"])')).toEqual(['unknown_column nomm→nom']);
	expect(of('.join_left(lieux, ["vile", "nom"])')).toEqual(['unknown_column vile→ville!']);
});
