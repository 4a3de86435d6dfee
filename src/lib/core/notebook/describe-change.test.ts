import { expect, test } from 'vitest';
import { plainWords } from '../pipeline/words.ts';
import { describeCellChange } from './describe-change.ts';
import { toCell } from './notebook.ts';

const said = (from: string, to: string): string =>
	describeCellChange(toCell({ id: 'a', source: from }), toCell({ id: 'a', source: to }), 'fr')
		.map((words) => plainWords(words))
		.join('; ');

test('what a proposed change is called cannot be reordered or hidden by what is in it', () => {
	const filter = (value: string): string => `billets\n  .filter(d => d.ville === ${value})`;
	expect(said(filter('"Laval"'), filter('"Lévis"'))).toMatch(/Laval.* → .*Lévis/);
	for (const hidden of ['\u202e', '\u2066', '\u200b', '\\u202e', '\u2060']) {
		const words = said(filter('"Laval"'), filter(`"Lav${hidden}al"`));
		expect(words).toMatch(/Laval.* → .*Lav\uFFFDal/);
		expect(words).not.toMatch(/[\u200b\u202a-\u202e\u2060-\u2069]/);
	}
	const column = 'billets\n  .orderby("a\u202eb")';
	expect(said('billets\n  .orderby("ab")', column)).toContain('a\uFFFDb');
	const chart = (title: string): string =>
		`Plot.plot({title: "${title}", marks: [Plot.barY(t, {x: "a", y: "b"})]})`;
	expect(said(chart('Un'), chart('De\u202eux'))).toContain('De\uFFFDux');
});
