import { describe, expect, it } from 'vitest';
import { InvalidError } from '../errors.ts';
import { contractChange } from './contract-change.ts';
import { CONTRACT_LIMITS, readContract } from './contract.ts';

const words = (text: string) => ({ fr: text, en: text });
const column = (more: object = {}) => ({
	name: 'canal',
	label: words('Canal'),
	type: 'category',
	required: true,
	...more
});
const day = column({ name: 'jour', type: 'date' });
const sent = (more: object = {}) => ({
	title: words('Ventes'),
	columns: [column(), day],
	key: ['canal'],
	period: { column: 'jour', grain: 'month' },
	terms: { licence: 'CC-BY-4.0', publication: 'rows' },
	...more
});
const why = (value: unknown): unknown => {
	try {
		readContract(value);
		return null;
	} catch (error) {
		if (error instanceof InvalidError && error.code === 'contract_invalid')
			return error.details.why;
		throw error;
	}
};

describe('reading a contract', () => {
	it('keeps what is known of it, and nothing else', () => {
		const made = readContract(sent({ more: 1, columns: [column({ extra: 'x' }), day] }));
		expect(JSON.stringify(made)).not.toMatch(/extra|more/);
		expect(made.columns[0]).toEqual({
			name: 'canal',
			label: words('Canal'),
			description: words(''),
			type: 'category',
			unit: '',
			required: true,
			allowed: null,
			synonyms: [],
			min: null,
			max: null
		});
		expect(readContract(JSON.parse(JSON.stringify(made)))).toEqual(made);
	});

	it.each([
		['no object', null, 'shape'],
		['an array', [], 'shape'],
		['no columns', sent({ columns: [] }), 'empty'],
		['columns that are no list', sent({ columns: {} }), 'shape'],
		['a column twice', sent({ columns: [column(), column(), day] }), 'twice'],
		['a title in one language', sent({ title: { fr: 'Ventes' } }), 'empty'],
		['an organisme', sent({ columns: [column({ name: 'organisme' }), day] }), 'reserved'],
		['a __proto__', sent({ columns: [column({ name: '__proto__' }), day] }), 'reserved'],
		['an unknown type', sent({ columns: [column({ type: 'toString' }), day] }), 'type'],
		['a long name', sent({ columns: [column({ name: 'x'.repeat(301) }), day] }), 'too_long'],
		['a control sign', sent({ columns: [column({ name: 'a\u0000b' }), day] }), 'control'],
		['a key that is not there', sent({ key: ['x'] }), 'key_not_required'],
		['a key twice', sent({ key: ['canal', 'canal'] }), 'twice'],
		[
			'a key that may be missing',
			sent({ columns: [column({ required: false }), day] }),
			'key_not_required'
		],
		['a period of a text', sent({ period: { column: 'canal', grain: 'year' } }), 'period_column'],
		['an unknown grain', sent({ period: { column: 'jour', grain: 'week' } }), 'grain'],
		['bounds of a text', sent({ columns: [column({ min: 0 }), day] }), 'bounds_of_text'],
		[
			'a bound that is no number',
			sent({ columns: [column({ type: 'integer', min: '0' }), day] }),
			'bound'
		],
		[
			'bounds that cross',
			sent({ columns: [column({ type: 'integer', min: 2, max: 1 }), day] }),
			'bounds_crossed'
		],
		[
			'allowed numbers',
			sent({ columns: [column({ type: 'integer', allowed: [{ value: '1' }] }), day] }),
			'allowed_of_type'
		],
		['nothing allowed', sent({ columns: [column({ allowed: [] }), day] }), 'empty'],
		[
			'a spelling of two values',
			sent({
				columns: [
					column({
						allowed: [
							{ value: 'Web', synonyms: ['En ligne'] },
							{ value: 'Mobile', synonyms: ['en LIGNE'] }
						]
					}),
					day
				]
			}),
			'value_twice'
		],
		[
			'a value twice',
			sent({ columns: [column({ allowed: [{ value: 'Web' }, { value: 'Web' }] }), day] }),
			'value_twice'
		],
		[
			'too many columns',
			sent({
				columns: Array.from({ length: CONTRACT_LIMITS.columns + 1 }, (_, i) =>
					column({ name: `c${i}` })
				)
			}),
			'too_many'
		],
		[
			'too many synonyms',
			sent({
				columns: [
					column({ synonyms: Array.from({ length: CONTRACT_LIMITS.synonyms + 1 }, String) }),
					day
				]
			}),
			'too_many'
		],
		['no terms', sent({ terms: undefined }), 'shape'],
		['unknown terms', sent({ terms: { licence: 'CC-BY-4.0', publication: 'all' } }), 'publication'],
		['an unknown licence', sent({ terms: { licence: 'MIT', publication: 'rows' } }), 'licence']
	])('refuses %s', (_name, value, reason) => expect(why(value)).toBe(reason));

	it('takes one without key or period', () =>
		expect(readContract(sent({ key: undefined, period: null }))).toMatchObject({
			key: [],
			period: null
		}));
});

describe('changing a contract', () => {
	const allowed = (...values: string[]) => values.map((value) => ({ value, synonyms: [] }));
	const change = (before: object, after: object) =>
		contractChange(readContract(sent(before)), readContract(sent(after)));
	const codes = (before: object, after: object) =>
		change(before, after).breaking.map(({ code }) => code);
	const columns = (more: object) => ({ columns: [column(more), day] });
	const number = (more: object) => ({
		columns: [column(), day, column({ name: 'n', type: 'number', ...more })]
	});

	it('is none where nothing changed', () =>
		expect(change({}, {})).toEqual({ same: true, breaking: [] }));

	it('is none where the same columns are the key in another order', () =>
		expect(change({ key: ['canal', 'jour'] }, { key: ['jour', 'canal'] })).toEqual({
			same: true,
			breaking: []
		}));

	it.each([
		['words', columns({}), columns({ label: words('Autre'), synonyms: ['Mode'] })],
		['a column that may be missing', {}, number({ required: false })],
		['a value more', columns({ allowed: allowed('a') }), columns({ allowed: allowed('b', 'a') })],
		['any value', columns({ allowed: allowed('a') }), columns({})],
		['a wider range', number({ min: 0, max: 9 }), number({ min: -1 })],
		['less to publish', {}, { terms: { licence: 'CC-BY-4.0', publication: 'nothing' } }],
		['other columns first', {}, { columns: [day, column()] }]
	])('%s breaks nothing', (_name, before, after) => {
		expect(codes(before, after)).toEqual([]);
		expect(change(before, after).same).toBe(false);
	});

	it.each([
		['a column less', number({}), {}, 'column_removed'],
		['one more that is required', {}, number({}), 'column_required'],
		['one required now', number({ required: false }), number({}), 'column_required'],
		['another type', number({}), number({ type: 'integer' }), 'type_changed'],
		['another unit', number({ unit: '$' }), number({ unit: 'k$' }), 'unit_changed'],
		[
			'a value less',
			columns({ allowed: allowed('a', 'b') }),
			columns({ allowed: allowed('a') }),
			'values_removed'
		],
		['values from now on', columns({}), columns({ allowed: allowed('a') }), 'values_removed'],
		['a narrower range', number({ min: 0 }), number({ min: 1 }), 'range_narrowed'],
		['a range from now on', number({}), number({ max: 9 }), 'range_narrowed'],
		['another key', {}, { key: [] }, 'key_changed'],
		['other periods', {}, { period: { column: 'jour', grain: 'year' } }, 'period_changed'],
		['no periods', {}, { period: null }, 'period_changed'],
		[
			'another licence',
			{},
			{ terms: { licence: 'reserved', publication: 'rows' } },
			'licence_changed'
		],
		[
			'more to publish',
			{ terms: { licence: 'CC-BY-4.0', publication: 'nothing' } },
			{},
			'terms_loosened'
		]
	])('%s breaks the parts there are', (_name, before, after, code) =>
		expect(codes(before, after)).toEqual([code])
	);
});
