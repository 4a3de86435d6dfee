import { describe, expect, it } from 'vitest';
import { textOf } from './xml-text.ts';
import { CDATA, CLOSE, MORE, OPEN, TEXT, XmlTokens } from './xml-tokens.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const NAMES = {
	[OPEN]: 'open',
	[CLOSE]: 'close',
	[TEXT]: 'text',
	[CDATA]: 'cdata',
	[MORE]: 'more'
};

/** The tokens of pieces fed one after the other, each as a text. */
function tokensOf(...pieces: Uint8Array[]): string[] {
	const tokens = new XmlTokens();
	const seen: string[] = [];
	const take = (): void => {
		for (;;) {
			const token = tokens.next();
			if (token === MORE) return;
			const { bytes, start, end } = tokens;
			const attributes = [];
			for (let a = 0; token === OPEN && a < 4 * tokens.attributeCount; a += 4) {
				const [name, nameEnd, value, valueEnd] = tokens.attributes.subarray(a, a + 4);
				attributes.push(
					` ${textOf(bytes, Number(name), Number(nameEnd))}=${textOf(bytes, Number(value), Number(valueEnd))}`
				);
			}
			const text = new TextDecoder().decode(bytes.subarray(start, end));
			const empty = token === OPEN && tokens.empty ? '/' : '';
			seen.push(`${NAMES[token]} ${text}${empty}${attributes.join('')}`);
		}
	};
	for (const piece of pieces) {
		tokens.feed(piece, false);
		take();
	}
	tokens.feed(new Uint8Array(0), true);
	take();
	return seen;
}

const SAMPLE = utf8(
	`\ufeff<?xml version="1.0"?>\n<x:a xmlns:x='u' b="1 > 0 &amp; &quot;é" ><!-- <no> -- > --><c r = "A1"/>Spectacle nº 16685 &lt; 2<![CDATA[ <raw> ]] ]]></x:a ><?end?>\n`
);
const EXPECTED = [
	'text \n',
	'open a x=u b=1 > 0 & "é',
	'open c/ r=A1',
	'text Spectacle nº 16685 &lt; 2',
	'cdata  <raw> ]] ',
	'close a',
	'text \n'
];

describe('XML in pieces', () => {
	it('whole', () => expect(tokensOf(SAMPLE)).toEqual(EXPECTED));
	it('is the same wherever it is cut', () => {
		for (let at = 0; at <= SAMPLE.length; at++)
			expect(tokensOf(SAMPLE.subarray(0, at), SAMPLE.subarray(at)), `at ${at}`).toEqual(EXPECTED);
		expect(tokensOf(...Array.from(SAMPLE, (_, i) => SAMPLE.subarray(i, i + 1)))).toEqual(EXPECTED);
	});
	it('is the same over windows that are used again: what is left in them is of no account', () => {
		const cells = Array.from({ length: 40_000 }, (_, i) => `<t>Spectacle nº ${i}</t>`);
		const bytes = utf8(`<a>${cells.join('')}</a>`);
		const pieces = [];
		for (let at = 0; at < bytes.length; at += 16_384) pieces.push(bytes.subarray(at, at + 16_384));
		expect(tokensOf(...pieces)).toEqual(tokensOf(bytes));
	});
	it('entities become their characters, line ends LF', () => {
		const source = utf8('a&#233;&#xE9;&#x1F600;&lt;&gt;&amp;&quot;&apos;\r\nb\rc');
		expect(textOf(source, 0, source.length)).toBe('aéé😀<>&"\'\nb\nc');
	});
});
