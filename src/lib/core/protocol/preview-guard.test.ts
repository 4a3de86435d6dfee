import { describe, expect, it } from 'vitest';
import { REPLIES } from './guards.ts';
import { LIMITS, type CellError } from './messages.ts';
import type { JoinMatches, Preview, PreviewStage } from './preview.ts';
import { Malformed } from './reader.ts';

const STAGE: PreviewStage = {
	...{ table: 't4', rows: 3, ms: 1.5 },
	columns: [
		{ name: 'ville', type: 'text' },
		{ name: 'prix', type: 'number', valueType: 'money' }
	]
};
const ERROR: CellError = {
	...{ code: 'missing_column', details: { name: 'vile', suggestion: 'ville' } },
	...{ line: 1, column: 4, related: ['c2'] }
};
const WHOLE: Preview = { stages: [STAGE, { ...STAGE, table: 't5' }], end: 'whole', error: null };
const FAILED: Preview = { stages: [STAGE], end: 'failed', error: ERROR };
/** Of a chain of one step. */
const preview = (value: unknown) => REPLIES.preview(value, 1);

/** What no field can be. */
const WRONG = [undefined, {}, '', true, -1, 0.5, NaN, 2 ** 53, () => {}, Symbol('x'), [[]], [null]];
/** A value with each of its fields in turn replaced by what it cannot be. */
function* spoiled(honest: object): Generator<[string, unknown]> {
	for (const [key, value] of Object.entries(honest))
		for (const wrong of [...WRONG, null]) {
			if (wrong === value || typeof wrong === typeof value) continue;
			yield [`${key}: ${String(wrong)}`, { ...honest, [key]: wrong }];
		}
}

describe('what a worker answers of a chain', () => {
	it('is read as it was sent, without fields of its own', () => {
		const [one, two] = WHOLE.stages;
		expect(preview({ ...WHOLE, stages: [{ ...one, html: '<b>' }, two], more: 1 })).toEqual(WHOLE);
		expect(preview(structuredClone(FAILED))).toEqual(FAILED);
		for (const end of ['waiting', 'no_table'] as const)
			expect(preview({ stages: [], end, error: null })).toEqual({ stages: [], end, error: null });
		expect(preview(null)).toBeNull();
		const picture = {
			...{ title: 't', subtitle: '', caption: '', description: '', data: [], marks: 1 },
			...{ tree: ['svg', {}], tips: null }
		};
		const drawn = { stages: [], end: 'picture', error: null, picture };
		expect(preview({ ...drawn, picture: { ...picture, html: '<b>' } })).toEqual(drawn);
		expect(() => preview({ ...drawn, picture: undefined })).toThrow(Malformed);
		// Of another end, it is nobody's.
		expect(preview({ ...WHOLE, picture })).toEqual(WHOLE);
	});

	it('is refused when a field is of another kind', () => {
		let tried = 0;
		const refuses = (what: string, value: unknown): void => {
			tried++;
			expect(() => preview(value), what).toThrow(Malformed);
		};
		for (const [what, value] of spoiled(WHOLE)) refuses(what, value);
		for (const [what, stage] of spoiled(STAGE)) refuses(what, { ...FAILED, stages: [stage] });
		for (const [what, column] of spoiled({ name: 'ville', type: 'text' }))
			refuses(what, { ...FAILED, stages: [{ ...STAGE, columns: [column] }] });
		for (const [what, error] of spoiled(ERROR)) {
			// A place that is not known is null, or left out.
			if (/^(line|column): (null|undefined)$/.test(what)) continue;
			refuses(what, { ...FAILED, error });
		}
		for (const wrong of [-1, 0.5, NaN, 2 ** 53])
			refuses(`rows: ${wrong}`, { ...FAILED, stages: [{ ...STAGE, rows: wrong }] });
		expect(tried).toBeGreaterThan(100);
	});

	it.each<[string, unknown]>([
		['a text', 'whole'],
		['more tables than there are texts', { ...WHOLE, stages: [STAGE, STAGE, STAGE] }],
		['failed after more tables than texts', { ...FAILED, stages: [STAGE, STAGE, STAGE] }],
		['whole, and short of a table', { ...WHOLE, stages: [STAGE] }],
		['failed, and whole', { ...FAILED, stages: [STAGE, STAGE] }],
		['failed for no reason', { ...FAILED, error: null }],
		['whole, with an error', { ...WHOLE, error: ERROR }],
		['waiting, with an error', { ...FAILED, end: 'waiting' }],
		['at an end that there is not', { ...FAILED, end: 'constructor' }],
		[
			'of a table with a name without end',
			{ ...FAILED, stages: [{ ...STAGE, table: 'x'.repeat(1_001) }] }
		],
		[
			'of a table with columns without end',
			{ ...FAILED, stages: [{ ...STAGE, columns: Array<unknown>(LIMITS.columns + 1) }] }
		],
		['an error that there is not', { ...FAILED, error: { ...ERROR, code: 'signed_out' } }]
	])('is refused when it is %s', (_, value) => {
		expect(() => preview(value)).toThrow(Malformed);
	});
});

describe('what a worker answers of a join', () => {
	const MATCHES: JoinMatches = {
		...{ rows: 9, matched: 4, missing: 1, several: 2, otherRows: 5, otherMatched: 3 },
		...{ made: 11, unlike: [1] },
		unmatchedKeys: 3,
		unmatched: [
			{ values: ['Gaspé', 3], rows: 2, near: null },
			{ values: [null, true], rows: 1, near: 'gaspe' }
		]
	};
	const matches = (value: unknown) => REPLIES.matches(value, 2, 9);

	it('is read as it was sent, without fields of its own', () => {
		expect(matches({ ...structuredClone(MATCHES), html: '<b>' })).toEqual(MATCHES);
	});

	it('is refused when a field is of another kind, or more than there can be', () => {
		for (const [key, value] of Object.entries(MATCHES))
			for (const wrong of [...WRONG, null, 10]) {
				if (wrong === value || (wrong === 10 && (key === 'otherRows' || key === 'made'))) continue;
				expect(() => matches({ ...MATCHES, [key]: wrong }), `${key}: ${String(wrong)}`).toThrow(
					Malformed
				);
			}
		const [one] = MATCHES.unmatched;
		for (const change of [
			...[{ values: ['a'] }, { values: ['a', {}] }, { values: 'ab' }, { rows: 10 }, { rows: -1 }],
			...[{ near: 3 }, { near: 'x'.repeat(LIMITS.textChars + 1) }]
		])
			expect(() => matches({ ...MATCHES, unmatched: [{ ...one, ...change }] })).toThrow(Malformed);
		const many = Array.from({ length: LIMITS.unmatchedKeys + 1 }, () => one);
		expect(() =>
			REPLIES.matches({ ...MATCHES, rows: 99, unmatchedKeys: 99, unmatched: many }, 2, 99)
		).toThrow(Malformed);
		for (const change of [
			...[{ unmatchedKeys: 1 }, { made: 8 }, { made: 46 }],
			...[{ unlike: [2] }, { unlike: [-1] }, { unlike: [0, 0] }, { unlike: [0, 1, 0] }]
		])
			expect(() => matches({ ...MATCHES, ...change }), JSON.stringify(change)).toThrow(Malformed);
	});
});
