import { expect, it } from 'vitest';
import { hrefOf, isUrl } from './parse-url.ts';

const read = (text: string): boolean => {
	const bytes = new TextEncoder().encode(`h${text}h`);
	return isUrl(bytes, 1, bytes.length - 1);
};

it.each([
	...[
		'http://exemple.org',
		'https://exemple.org',
		'HTTPS://Exemple.ORG/',
		'https://exemple.org/a?b=c#d',
		' www.exemple.org '
	],
	...[
		'www.exemple.qc.ca/été',
		'https://théâtre.ca',
		'https://exemple.org:8080/x',
		'https://a.b-c.exemple.org?q',
		'https://exemple.org#x'
	]
])('%s is one', (text) => {
	expect(read(text)).toBe(true);
});
it.each([
	...[
		'',
		'exemple.org',
		'http://',
		'https:/exemple.org',
		'ftp://exemple.org',
		'javascript:alert(1)',
		'www.exemple',
		'www..org'
	],
	...[
		'https://exemple',
		'https://.org',
		'https://exemple.org et plus',
		'https://exemple.org/a b',
		'https://moi@exemple.org'
	],
	...[
		'https://192.168.1.1',
		'https://192.168.1.10/',
		'mailto:moi@exemple.org',
		'httpx://exemple.org',
		'https://exemple.org/"x"',
		'https://exemple.org/<b>'
	],
	...[
		'https://exemple.org:x/',
		'https://exemple.org:123456/',
		'https://exemple.',
		`https://exemple.org/${'a'.repeat(3000)}`,
		'wwww.exemple.org'
	]
])('%s is none', (text) => {
	expect(read(text)).toBe(false);
	expect(hrefOf(text)).toBeNull();
});
it('leads where the text says', () => {
	expect(hrefOf(' www.exemple.org/a ')).toBe('https://www.exemple.org/a');
	expect(hrefOf('http://exemple.org')).toBe('http://exemple.org');
});
