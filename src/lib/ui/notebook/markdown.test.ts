import { expect, test } from 'vitest';
import { namesWritten } from '../../core/annotation/mentions.ts';
import { headingsOf, renderMarkdown, renderTamely } from './markdown.ts';

test('headings go under the page’s own, with ids where asked', () => {
	expect(renderMarkdown('# Un\n\n## Deux', { headingPrefix: 'a-' })).toBe(
		'<h2 id="a-0">Un</h2>\n<h3 id="a-1">Deux</h3>\n'
	);
	expect(renderMarkdown('###### Six')).toBe('<h6>Six</h6>\n');
	expect(renderMarkdown('# Un', { shift: 0 })).toBe('<h1>Un</h1>\n');
});

test('the outline reads the words of headings', () => {
	expect(headingsOf('# Les *publics*\n\ntexte\n\n### `ventes` & co')).toEqual([
		{ level: 1, text: 'Les publics' },
		{ level: 3, text: 'ventes & co' }
	]);
});

test('HTML is shown as written', () => {
	const html = renderMarkdown('<img src=x onerror=alert(1)>\n\n<script>alert(1)</script> <b>x</b>');
	expect(html).not.toMatch(/<(img|script|b)\b/);
	expect(html).toContain('&lt;script&gt;');
});

test('a link to the web, mail, a page or a cell stays', () => {
	for (const href of [
		'https://exemple.org/a',
		'mailto:a@b.ca',
		'#cellule-abc',
		'/rapports/x',
		'page'
	])
		expect(renderMarkdown(`[lien](${href})`)).toContain(`href="${href}"`);
});

test('a link that runs, embeds or hides its site is not one', () => {
	for (const href of [
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'&#106;avascript:alert(1)',
		'java&#x0A;script:alert(1)',
		'vbscript:x',
		'data:text/html,x',
		'file:///etc/passwd',
		'//ailleurs.example',
		'blob:x'
	])
		expect(renderMarkdown(`[lien](${href})`), href).not.toContain('<a');
});

test('a link to elsewhere is marked, and tells nothing of this page', () => {
	expect(renderMarkdown('[x](https://exemple.org)')).toContain(
		'rel="noopener noreferrer" class="external"'
	);
	expect(renderMarkdown('https://exemple.org')).toContain('class="external"');
	expect(renderMarkdown('[x](#cellule-a)')).not.toContain('external');
});

test('a picture is not fetched: its words are shown', () => {
	expect(renderMarkdown('![un <b> graphique](https://exemple.org/p.png)')).toBe(
		'<p><em>un &lt;b&gt; graphique</em></p>\n'
	);
});

test('a text that would make a page too heavy is shown as it is written', () => {
	const bomb = `${'|'.repeat(1000)}\n${'|-'.repeat(999)}|\n${'a\n'.repeat(70)}`;
	const link = `[a]: /${'x'.repeat(20_000)}\n\n${'[a] '.repeat(5_000)}`;
	for (const source of [bomb.repeat(40), link]) {
		const html = renderMarkdown(`${source}<b>`);
		expect(html.length).toBeLessThan(source.length * 2);
		expect(html).not.toMatch(/<(?:table|td|a|b)\b/);
		expect(html).toContain('&lt;b&gt;');
		expect(renderTamely(source)).toBeNull();
	}
	const table = `| a | b |\n| - | - |\n${'| 1 | 2 |\n'.repeat(100)}`;
	expect(renderTamely(table)).toContain('<table>');
});

test('someone named is told apart in a comment, and is words elsewhere; nobody is a link', () => {
	const id = '0123456789abcdefghjkmnpqrs';
	const named = `Merci [@Zoé \\<b\\>](personne:${id})!`;
	const mentions = namesWritten(named);
	expect(renderTamely(named, { mentions })).toBe(
		'<p>Merci <span class="mention">@Zoé &lt;b&gt;</span>!</p>\n'
	);
	expect(renderTamely(named)).toBe('<p>Merci <span>@Zoé &lt;b&gt;</span>!</p>\n');
	for (const href of ['personne:', 'personne:x', `personne:${id}x`, `personne:${id}/../x`])
		expect(renderTamely(`[@x](${href})`, { mentions }), href).not.toMatch(/<(?:a|span)\b/);
	const beside = `[@a](personne:${id}) [b](https://exemple.org)`;
	expect(renderTamely(beside, { mentions: namesWritten(beside) })).toMatch(
		/^<p><span class="mention">@a<\/span> <a href="https:\/\/exemple.org"[^>]*>b<\/a><\/p>/
	);
});

test('nobody is named by another link than the one that the server writes', () => {
	const id = '0123456789abcdefghjkmnpqrs';
	for (const forged of [
		`[@Zoé](<personne:${id}>)`,
		`[@Zoé](personne:${id} "Zoé")`,
		`[@Zoé][z]\n\n[z]: personne:${id}`,
		`[@Zoé](perso&#110;ne:${id})`,
		`<personne:${id}>`,
		// Beside one that is true, in another's words.
		`[@Omar](personne:${id}) [@Zoé](<personne:${id}>)`,
		`[@Omar](personne:${id}) [**@Omar** Zoé](personne:${id})`
	]) {
		const html = renderTamely(forged, { mentions: namesWritten(forged) });
		expect(html?.match(/class="mention">[^<]*/g) ?? [], forged).not.toContain(
			'class="mention">@Zoé'
		);
		expect(html?.split('class="mention"').length, forged).toBe(forged.includes('Omar') ? 2 : 1);
	}
});
