/** A file that no cell names, read all the same: what its rows say must not be published as a text. */
import { describe, expect, it } from 'vitest';
import { mayPublish } from '../../core/governance/publish.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { toNotebook, type Notebook } from '../../core/notebook/notebook.ts';
import { runNotebook } from '../../../../tests/support/run-notebook.ts';
import { provenanceOfNotebook } from './publish.ts';

const OPEN = 'representations-demo@1.arrow';
const known = (file: string): LineageSource => ({
	datasetId: file,
	slug: file.split('@')[0] ?? '',
	version: 1,
	hash: 'a'.repeat(64),
	title: file,
	organisation: 'Théâtre du Fleuve',
	licence: 'CC-BY-4.0',
	publication: file === OPEN ? 'rows' : 'nothing',
	synthetic: true,
	rows: 1000
});
/** Beside a file that it names, whose rows may be published, the cell reads one that it spells in pieces. */
const sourceBy = (
	reader: string
): string => `const open = await FileAttachment("${OPEN}").arquero();
const closed = await ${reader}("billetterie-demo" + "@1.arrow").arquero();
display(md\`\${closed.slice(0, 3).array("id_billet").join(", ")}\`);`;

const refusalsOf = (notebook: Notebook, markdown: string): readonly string[] =>
	mayPublish(
		{
			lang: 'fr',
			title: 'Titre',
			summary: '',
			authors: ['A'],
			licence: 'CC-BY-4.0',
			blocks: [{ cell: 'c0', kind: 'code', source: null, outputs: [{ kind: 'text', markdown }] }],
			sources: []
		},
		provenanceOfNotebook(notebook),
		known,
		'2026-06-15'
	).map(({ reason }) => reason);

const notebookBy = (reader: string): Notebook =>
	toNotebook({ title: 'Essai', lang: 'fr', cells: [{ id: 'c0', source: sourceBy(reader) }] });

describe('a file whose name is written in pieces', () => {
	it('is read by a text that is run as code, and then nothing of the cell is published', async () => {
		const notebook = notebookBy('eval("File" + "Attachment")');
		const { cells, host } = await runNotebook(notebook);
		host.close();
		const shown = cells[0]?.outputs.find(({ kind }) => kind === 'text');
		// It does read rows of the closed dataset, as a text that no lineage goes with.
		expect(shown).toMatchObject({ markdown: expect.stringMatching(/\S, \S/) });
		expect(refusalsOf(notebook, 'Trois billets')).toContain('unreadable');
	});

	it.each([
		'(0, eval)("File" + "Attachment")',
		'Function("return File" + "Attachment")()',
		'globalThis["File" + "Attachment"]'
	])('is out of reach of %s', async (reader) => {
		const notebook = notebookBy(reader);
		const { cells, host } = await runNotebook(notebook);
		host.close();
		expect(cells[0]?.outputs.some(({ kind }) => kind === 'text')).toBe(false);
	});
});
