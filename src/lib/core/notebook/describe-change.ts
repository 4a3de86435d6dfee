/** What a person did to a notebook, in words, as sentences without their subject: « a ajouté un graphique ». */
import { kindOf } from '../analysis/kind-of.ts';
import { describeChartChanges } from '../chart/compare-charts.ts';
import { describeControlChanges } from '../control/compare-controls.ts';
import { compareSteps, describeStepChange } from '../pipeline/compare-steps.ts';
import { choose, say, textWords, valueWords } from '../pipeline/say.ts';
import type { Words } from '../pipeline/words.ts';
import type { NotebookChange } from './change.ts';
import type { CellKind } from './kind.ts';
import type { Cell, Lang } from './notebook.ts';

const THINGS: Readonly<Record<CellKind, readonly [fr: string, en: string]>> = {
	text: ['un texte', 'a text'],
	data: ['des données', 'data'],
	transform: ['une transformation', 'a transformation'],
	chart: ['un graphique', 'a chart'],
	control: ['un contrôle', 'a control'],
	code: ['une cellule de code', 'a code cell']
};

const thing = ({ source, mode }: Cell, lang: Lang): Words =>
	textWords(choose(lang, ...THINGS[kindOf(source, mode)]));

/** A change in one sentence or several; what a cell's change is made of is told part by part. */
export function describeChange(change: NotebookChange, lang: Lang): Words[] {
	const pick = (fr: string, en: string, ...given: readonly Words[]): Words =>
		say(choose(lang, fr, en), ...given);
	switch (change.kind) {
		case 'title':
			return [
				pick(
					'a changé le titre\u00a0: {0} → {1}',
					'changed the title: {0} → {1}',
					valueWords(change.from),
					valueWords(change.to)
				)
			];
		case 'lang':
			return [
				change.to === 'fr'
					? pick('a mis le carnet en français', 'put the notebook in French')
					: pick('a mis le carnet en anglais', 'put the notebook in English')
			];
		case 'added':
			return [pick('a ajouté {0}', 'added {0}', thing(change.cell, lang))];
		case 'removed':
			return [pick('a supprimé {0}', 'deleted {0}', thing(change.cell, lang))];
		case 'moved':
			return [pick('a déplacé {0}', 'moved {0}', thing(change.cell, lang))];
		case 'changed':
			return describeCellChange(change.from, change.to, lang);
	}
}

/** What became of a cell: by steps, settings of a chart or of a control where it is one; else of its text or code. */
export function describeCellChange(from: Cell, to: Cell, lang: Lang): Words[] {
	const said: Words[] = [];
	const tell = (fr: string, en: string): void => void said.push(textWords(choose(lang, fr, en)));
	if (from.mode !== to.mode) {
		if (to.mode === 'md') tell('a fait un texte du code', 'made a text of the code');
		else tell('a fait du code d’un texte', 'made code of a text');
	} else if (from.source !== to.source) {
		const parts =
			to.mode === 'md'
				? null
				: (stepWords(from.source, to.source, lang) ??
					describeChartChanges(from.source, to.source, lang) ??
					describeControlChanges(from.source, to.source, lang));
		if (parts) said.push(...parts);
		else if (to.mode === 'md') tell('a changé le texte', 'changed the text');
		else tell('a changé le code', 'changed the code');
	}
	if (from.pinned !== to.pinned) {
		if (to.pinned) tell('a affiché la source', 'showed the source');
		else tell('a masqué la source', 'hid the source');
	}
	return said;
}

/** Null where there are no steps, and where nothing of them differs but their layout. */
function stepWords(from: string, to: string, lang: Lang): Words[] | null {
	const changes = compareSteps(from, to);
	return changes && changes.length > 0
		? changes.map((change) => describeStepChange(change, lang))
		: null;
}
