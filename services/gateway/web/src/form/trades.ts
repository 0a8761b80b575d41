// The trades of the ROME, newest version of the network's rules.
import rome from '../../../../../deploy/rules/rome.json';
import type { Option } from '../components/Combobox.tsx';

const newest = rome.versions[rome.versions.length - 1]!;
export const trades: Option[] = newest.trades.map(({ code, label }) => ({ value: code, label: label.replaceAll("'", '’') }));
