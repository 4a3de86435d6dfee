/** The message that begins an Arrow stream: its schema alone. */
import { RecordBatchStreamWriter, type Schema } from 'apache-arrow';

export function schemaMessage(schema: Schema): Uint8Array {
	const writer = new RecordBatchStreamWriter();
	writer.reset(undefined, schema);
	writer.finish();
	const stream = writer.toUint8Array(true);
	const length = new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
	return stream.subarray(0, 8 + length);
}
