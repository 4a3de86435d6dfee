import { describe, expect, it } from 'vitest';
import { ANCHOR_LIMITS } from './anchor.ts';
import { findQuote, quoteAt } from './find-quote.ts';

const TEXT = 'Les ventes montent depuis mars, et les abonnements avec elles.';
const quoted = (words: string, text = TEXT) => {
	const from = text.indexOf(words);
	return quoteAt(text, { from, to: from + words.length });
};
const found = (text: string, quote: ReturnType<typeof quoted>): string | null => {
	const range = findQuote(text, quote);
	return range && text.slice(range.from, range.to);
};

describe('a quote', () => {
	it('is cut at the limits, never inside a character', () => {
		const text = `${'a'.repeat(100)}${'🎭'.repeat(400)}${'b'.repeat(100)}`;
		const quote = quoteAt(text, { from: 99, to: 901 });
		expect(quote.quote).toBe(`a${'🎭'.repeat(249)}`);
		expect(quote.before).toBe('a'.repeat(ANCHOR_LIMITS.around));
		expect(quote.after).toBe('b'.repeat(ANCHOR_LIMITS.around));
	});

	it('is found as it is, wherever it went', () => {
		const quote = quoted('montent depuis mars');
		expect(found(TEXT, quote)).toBe('montent depuis mars');
		expect(found(`Ailleurs. Elles montent depuis mars.`, quote)).toBe('montent depuis mars');
	});

	it('is told apart by what stands around it, or not found', () => {
		const text = 'a = 1; b = 1; c = 1';
		const from = text.lastIndexOf('1');
		const quote = quoteAt(text, { from, to: from + 1 });
		expect(findQuote(text, quote)).toEqual({ from, to: from + 1 });
		expect(findQuote('x = 1; y = 1', quote)).toBeNull();
		expect(findQuote('b = 1', { quote: '1', before: '', after: '' })).not.toBeNull();
		expect(findQuote('1 1', { quote: '1', before: '', after: '' })).toBeNull();
		expect(findQuote('zzz 1 zzz', quote)).toBeNull();
	});

	it('that was rewritten is what stands between what stood around it', () => {
		expect(
			found(TEXT.replace('montent depuis mars', 'stagnent'), quoted('montent depuis mars'))
		).toBe('stagnent');
	});

	it('that was changed a little, and what is around it too, is found nearly', () => {
		const text = 'Nos ventes; elles montaient depuis mai! Enfin.';
		expect(found(text, quoted('montent depuis mars'))).toMatch(/^mont\S+ depuis ma/);
	});

	it('that is gone is found nowhere', () => {
		for (const text of ['', 'Autre chose entièrement, sans rien de commun.', 'x'.repeat(10_000)])
			expect(findQuote(text, quoted('montent depuis mars'))).toBeNull();
		expect(findQuote(TEXT, { quote: '', before: '', after: '' })).toBeNull();
	});

	it('is looked for within bounds', () => {
		const long = 'ab'.repeat(500_000);
		const quote = { quote: 'ba'.repeat(250), before: 'c', after: 'd' };
		expect(findQuote(long, quote)).toBeNull();
		expect(findQuote(long, { quote: `${'ab'.repeat(249)}zz`, before: 'c', after: 'd' })).toBeNull();
	});
});
