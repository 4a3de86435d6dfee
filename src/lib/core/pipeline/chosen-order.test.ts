import * as aq from 'arquero';
import { expect, test } from 'vitest';
import { MAX_ORDERED, orderExpression, orderOf, usualOrder } from './chosen-order.ts';
import { describeStep } from './describe-step.ts';
import { binary, choice, column, literal } from './make-expression.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { printStep } from './print-step.ts';
import type { Step } from './step.ts';
import { plainWords } from './words.ts';

const sorted = (values: readonly string[], descending = false): Step => ({
	kind: 'sort',
	by: [{ value: orderExpression('taille', values), descending }]
});
const collator = new Intl.Collator('fr-CA');
const usual = (...values: string[]): string[] => usualOrder(values, collator.compare);

test('an order that was chosen is read as it was printed, and Arquero sorts by it', () => {
	const step = sorted(['petit', 'moyen', 'grand']);
	const text = printStep(step);
	expect(parsePipeline(`t${text}`)?.steps.map((placed) => placed.step)).toEqual([step]);
	const t = aq.table({ taille: ['grand', null, 'petit', 'énorme', 'moyen', 'petit'] });
	// eslint-disable-next-line no-new-func -- what is tried is that Arquero runs the text
	const made = new Function('aq', 't', `return t${text}`) as (...given: unknown[]) => typeof t;
	expect(made(aq, t).array('taille')).toEqual(['petit', 'petit', 'moyen', 'grand', null, 'énorme']);
	expect(plainWords(describeStep(step, 'fr'))).toBe(
		'trie par «\u00a0taille\u00a0» (dans l’ordre petit, moyen et grand)'
	);
	expect(plainWords(describeStep(sorted(['a', 'b'], true), 'en'), 'en')).toBe(
		'sorts by “taille” (in the reverse order of a and b)'
	);
});

test('as many values as a person may order are steps still', () => {
	const many = Array.from({ length: MAX_ORDERED }, (_, i) => `v${i}`);
	const step = sorted(many);
	expect(parsePipeline(`t${printStep(step)}`)?.steps.map((placed) => placed.step)).toEqual([step]);
	expect(orderOf(orderExpression('taille', [...many, 'un de trop']))).toBeNull();
});

test('other choices are no order', () => {
	const x = column('x');
	const is = (value: string | number): ReturnType<typeof binary> =>
		binary(x, '===', literal(value));
	for (const other of [
		literal(0),
		x,
		choice(is('a'), literal(1), literal(2)),
		choice(is('a'), literal(0), literal(2)),
		choice(is(3), literal(0), literal(1)),
		choice(is('a'), literal(0), choice(is('a'), literal(1), literal(2))),
		choice(
			is('a'),
			literal(0),
			choice(binary(column('y'), '===', literal('b')), literal(1), literal(2))
		),
		choice(binary(x, '==', literal('a')), literal(0), literal(1))
	])
		expect(orderOf(other)).toBeNull();
});

test('months, days and seasons begin as the calendar has them; other texts are by their letters', () => {
	expect(usual('mars', 'Décembre', 'fevrier', 'janvier')).toEqual([
		'janvier',
		'fevrier',
		'mars',
		'Décembre'
	]);
	expect(usual('dimanche', 'mardi', 'lundi')).toEqual(['lundi', 'mardi', 'dimanche']);
	expect(usual('fall', 'winter', 'summer')).toEqual(['winter', 'summer', 'fall']);
	expect(usual('mars', 'vénus', 'été')).toEqual(['été', 'mars', 'vénus']);
	expect(usual('mars')).toEqual(['mars']);
});
