/** What lies between two controls, in words: « a changé le titre : « Région » → « Lieu » ». */
import type { Lang } from '../notebook/notebook.ts';
import { choose, say, textWords, valueWords } from '../pipeline/say.ts';
import type { Words } from '../pipeline/words.ts';
import type { ControlSpec } from './control-spec.ts';
import { parseControl } from './parse-control.ts';

const PARTS = {
	name: ['le nom', 'the name'],
	label: ['le titre', 'the title'],
	kind: ['la sorte de contrôle', 'the kind of control'],
	source: ['les choix', 'the choices'],
	min: ['le minimum', 'the minimum'],
	max: ['le maximum', 'the maximum'],
	step: ['le pas', 'the step'],
	value: ['la valeur de départ', 'the starting value']
} as const satisfies Record<keyof ControlSpec, readonly [string, string]>;

const keys = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** Null where one of the sources is no control that the panel knows, or where what differs is none of its settings. */
export function describeControlChanges(from: string, to: string, lang: Lang): Words[] | null {
	const [then, now] = [parseControl(from), parseControl(to)];
	if (!then || !now) return null;
	const said = keys.flatMap((key): Words[] => {
		const [a, b] = [then[key], now[key]];
		if (JSON.stringify(a) === JSON.stringify(b)) return [];
		const name = textWords(choose<string>(lang, PARTS[key][0], PARTS[key][1]));
		const plain = (value: unknown): value is string | number =>
			(typeof value === 'string' || typeof value === 'number') && key !== 'kind';
		return [
			plain(a) && plain(b)
				? say(
						choose(lang, 'a changé {0}\u00a0: {1} → {2}', 'changed {0}: {1} → {2}'),
						name,
						valueWords(String(a)),
						valueWords(String(b))
					)
				: say(choose(lang, 'a changé {0}', 'changed {0}'), name)
		];
	});
	return said.length > 0 ? said : null;
}
