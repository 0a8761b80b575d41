// Partners (proto/directory).
export interface KindCounts {
  counts?: { kind?: string; open?: number; closed?: number }[];
}
