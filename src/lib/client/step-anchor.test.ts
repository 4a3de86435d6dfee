import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { parsePipeline } from '../core/pipeline/parse-pipeline.ts';
import { PlaceAnchor, StepAnchor } from './step-anchor.ts';

function open(source: string) {
	const text = new Y.Doc().getText();
	text.insert(0, source);
	const steps = () => parsePipeline(text.toString())?.steps ?? [];
	const write = (from: string, to: string): void => {
		const at = text.toString().indexOf(from);
		text.delete(at, from.length);
		text.insert(at, to);
	};
	const step = (index: number) => {
		const found = steps()[index];
		if (!found) throw new Error(`no step ${index}`);
		return new StepAnchor(text, found);
	};
	return { text, steps, write, step };
}
const SOURCE = 'const r = ventes\n  .filter(d => d.n > 1)\n  .orderby("n")\n  .select("n");';

test('a step is followed wherever edits put it, and whatever is written in it', () => {
	const { steps, write, step, text } = open(SOURCE);
	const sort = step(1);
	write('ventes', 'ventes\n  .dedupe("n")');
	expect(sort.find(steps())).toBe(2);
	write('"n")\n  .select', '"n", "ville")\n  .select');
	expect(sort.find(steps())).toBe(2);
	text.delete(text.toString().indexOf('\n  .filter'), '\n  .filter(d => d.n > 1)'.length);
	expect(sort.find(steps())).toBe(1);
});

test('a step that is gone is gone, unless one alone is written the same', () => {
	const { steps, write, step } = open(SOURCE);
	const sort = step(1);
	write('\n  .orderby("n")', '');
	expect(sort.find(steps())).toBeNull();
	// Moved: taken out here, put in there.
	write('\n  .filter', '\n  .orderby("n")\n  .filter');
	expect(sort.find(steps())).toBe(0);
	write('.select("n")', '.orderby("n")');
	expect(sort.find(steps())).toBeNull();
	expect(sort.find([])).toBeNull();
});

test('a place stays behind the step before it, or before the one after it', () => {
	const { steps, write, text } = open(SOURCE);
	const place = new PlaceAnchor(text, steps(), 1);
	write('ventes', 'ventes\n  .dedupe("n")');
	expect(place.find(steps())).toBe(2);
	write('\n  .filter(d => d.n > 1)', '');
	expect(place.find(steps())).toBe(1);
	write('\n  .orderby("n")', '');
	expect(place.find(steps())).toBe(steps().length);
	expect(new PlaceAnchor(text, steps(), 0).find(steps())).toBe(0);
	const empty = open('const r = ventes;');
	const first = new PlaceAnchor(empty.text, empty.steps(), 0);
	empty.write('ventes', 'ventes.count()');
	expect(first.find(empty.steps())).toBe(0);
});
