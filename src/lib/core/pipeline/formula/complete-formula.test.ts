import { describe, expect, it } from 'vitest';
import type { Lang } from '../../notebook/notebook.ts';
import { completeFormula, listedFunctions, signatureAt } from './complete-formula.ts';
import { FORMULA_FUNCTIONS } from './formula-catalogue.ts';
import type { FormulaContext } from './formula-function.ts';
import { parseFormula } from './parse-formula.ts';

const context: FormulaContext = {
	columns: [
		{ name: 'prix', type: 'number' },
		{ name: 'Prix du billet', type: 'number' },
		{ name: 'région', type: 'text' },
		{ name: 'jour', type: 'date' }
	],
	params: [
		{ name: 'prix', type: 'number' },
		{ name: 'minimum', type: 'number' }
	],
	functions: FORMULA_FUNCTIONS
};
/** `|` is the caret. */
const complete = (marked: string, lang: Lang = 'fr') =>
	completeFormula(marked.replace('|', ''), marked.indexOf('|'), lang, context);
const inserted = (marked: string, lang: Lang = 'fr') =>
	complete(marked, lang)?.options.map(({ insert }) => insert) ?? [];

describe('what completes a formula', () => {
	it('offers columns by any of their words, whatever their accents and spaces', () => {
		expect(inserted('pri|').slice(0, 3)).toEqual(['prix', '[Prix du billet]', '$prix']);
		expect(inserted('REG|')).toEqual(['région']);
		expect(inserted('bill|')).toEqual(['[Prix du billet]']);
		expect(complete('1 + [prix du|')).toMatchObject({ at: 4, length: 8 });
		expect(inserted('1 + [prix du|')).toEqual(['[Prix du billet]']);
		expect(inserted('moyenne(|')[0]).toBe('prix');
	});
	it('offers functions in the language of the formula', () => {
		expect(inserted('arrond|')).toEqual(['arrondir(']);
		expect(inserted('medi|')).toEqual(['médiane(']);
		expect(inserted('aver|', 'en')).toEqual([]);
		expect(inserted('roun|', 'en')).toEqual(['round(']);
		expect(inserted('minim|')).toEqual(['minimum']);
	});
	it('offers nothing inside a text, after a value, or for what is whole', () => {
		for (const text of ['"pri|', '« pri|', 'prix + 12|', '(prix)|', 'région|'])
			expect([text, complete(text)]).toEqual([text, null]);
	});
});

it('says which argument the caret stands in', () => {
	const at = (marked: string, lang: Lang = 'fr') =>
		signatureAt(marked.replace('|', ''), marked.indexOf('|'), lang, context);
	expect(at('arrondir(prix; |')).toEqual({
		name: 'arrondir',
		params: ['nombre', 'décimales'],
		place: 1
	});
	expect(at('si(prix > max(1; 2); |')).toMatchObject({ name: 'si', place: 1 });
	expect(at('round(prix, |', 'en')).toMatchObject({ name: 'round', place: 1 });
	expect(at('gauche((prix|')).toMatchObject({ name: 'gauche', place: 0 });
	expect(at('moyenne(prix) + |')).toBeNull();
	expect(at('inconnue(|')).toBeNull();
});

it.each<Lang>(['fr', 'en'])('shows of each function an example that is read (%s)', (lang) => {
	for (const columns of [context.columns, []]) {
		const listed = listedFunctions(lang, columns);
		expect(listed.length).toBeGreaterThan(80);
		for (const { name, example, help } of listed) {
			expect([name, help.length > 3 && !/\{|…/.test(help)]).toEqual([name, true]);
			const parsed = parseFormula(example, lang, { ...context, columns });
			expect([example, parsed.ok ? [] : parsed.problems]).toEqual([example, []]);
		}
	}
});
