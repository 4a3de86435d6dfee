/** `wanted`, or `wanted2`, `wanted3`… where it is taken. */
export function freeName(wanted: string, names: readonly string[]): string {
	for (let n = 1; ; n++) {
		const name = n === 1 ? wanted : `${wanted}${n}`;
		if (!names.includes(name)) return name;
	}
}
