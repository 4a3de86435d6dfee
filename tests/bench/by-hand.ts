/** The steps of `engine.overhead` as a person writes them in one function, in a thread that the engine never touched. */
import { parentPort, workerData } from 'node:worker_threads';
import * as aq from 'arquero';
import { readArrow } from '../../src/lib/sandbox/worker/arrow.ts';
import { installFastVerbs } from '../../src/lib/tables/fast/install.ts';

interface Sale {
	readonly prix: number;
	readonly billets: number;
	readonly revenu: number;
	readonly parBillet: number;
}

const { op } = aq;
installFastVerbs();
const ventes = readArrow(workerData as ArrayBuffer);

parentPort?.on('message', (seuil: number) => {
	const result = ventes
		.create({})
		.params({ seuil })
		.filter((d: Sale, $: { seuil: number }) => d.prix > $.seuil)
		.derive({ revenu: (d: Sale) => d.prix * d.billets })
		.derive({ parBillet: (d: Sale) => d.revenu / d.billets })
		.filter((d: Sale) => d.parBillet < 190)
		.select('salle', 'mois', 'revenu', 'billets')
		.groupby('mois')
		.rollup({
			revenu: (d: Sale) => op.sum(d.revenu as never),
			billets: (d: Sale) => op.sum(d.billets as never)
		})
		.derive({ moyen: (d: Sale) => d.revenu / d.billets })
		.orderby(aq.desc('moyen'))
		.slice(0, 12);
	parentPort?.postMessage(
		result.columnNames().map((name: string) => Array.from(result.array(name) as ArrayLike<unknown>))
	);
});
