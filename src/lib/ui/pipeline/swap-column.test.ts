import { expect, test } from 'vitest';
import { call, column } from '$lib/core/pipeline/make-expression';
import { parsePipeline } from '$lib/core/pipeline/parse-pipeline';
import { printStep } from '$lib/core/pipeline/print-step';
import type { Step } from '$lib/core/pipeline/step';
import { isRecoded, mergedRecodes } from './derived-kinds';
import { swapColumn } from './swap-column';
import { changeOf } from './text-change';

const only = (calls: string): Step => {
	const step = parsePipeline(`t${calls}`)?.steps[0]?.step;
	if (!step) throw new Error(calls);
	return step;
};
const swapped = (calls: string): string => printStep(swapColumn(only(calls), 'a', 'b'));

test.each([
	['.filter(d => d.a > 1 && d.c < d.a)', '.filter(d => d.b > 1 && d.c < d.b)'],
	['.orderby("a", aq.desc("c"))', '.orderby("b", aq.desc("c"))'],
	['.select("c", "a")', '.select("c", "b")'],
	['.rename({a: "a"})', '.rename({b: "a"})'],
	['.relocate("a", {before: "c"})', '.relocate("b", {before: "c"})'],
	['.relocate("c", {after: "a"})', '.relocate("c", {after: "b"})'],
	['.derive({a: d => d.a * 2})', '.derive({a: d => d.b * 2})'],
	['.join_left(a, ["a", "c"])', '.join_left(a, ["b", "c"])'],
	['.join_left(u, ["c", "a"])', '.join_left(u, ["c", "a"])'],
	['.lookup(u, ["a", "k"], "a")', '.lookup(u, ["b", "k"], "a")'],
	['.fold(["a", "c"], {as: ["a", "v"]})', '.fold(["b", "c"], {as: ["a", "v"]})'],
	['.dedupe("a")', '.dedupe("b")']
])('%s reads another column, and makes what it made', (before, after) => {
	expect(swapped(before)).toBe(after);
});

test('a group that is a column goes by the other, under its own name', () => {
	const step = swapColumn(only('.groupby("a").rollup({n: d => op.sum(d.a)})'), 'a', 'b');
	expect(step).toMatchObject({
		by: [{ name: 'a', value: column('b') }],
		values: [{ name: 'n', value: call('sum', column('b')) }]
	});
});

test('values put right one after the other are one step', () => {
	const [first, second] = [
		only('.derive({v: d => op.recode(d.v, {"x": "X"}, d.v)})'),
		only('.derive({v: d => op.recode(d.v, {"y": "Y", "x": "Z"}, d.v)})')
	];
	expect(isRecoded(first)).toBe(true);
	const both = mergedRecodes(first, second);
	// What was put right already stays so: its new spelling is what the second step sees.
	expect(both && printStep(both)).toBe('.derive({v: d => op.recode(d.v, {x: "X", y: "Y"}, d.v)})');
	expect(
		mergedRecodes(first, only('.derive({w: d => op.recode(d.v, {"y": "Y"}, d.v)})'))
	).toBeNull();
	expect(mergedRecodes(first, only('.derive({v: d => d.v + 1})'))).toBeNull();
});

test('the change from one text to another is what lies between what they share', () => {
	const apply = (before: string, after: string): string => {
		const { at, length, insert } = changeOf(before, after);
		return before.slice(0, at) + insert + before.slice(at + length);
	};
	for (const [before, after] of [
		['', 'a'],
		['aa', 'aaa'],
		['abc', 'ac'],
		['t.a()', 't.b().a()'],
		['same', 'same']
	] as const)
		expect(apply(before, after)).toBe(after);
	expect(changeOf('t.a().c()', 't.a().b().c()')).toMatchObject({ length: 0 });
});
