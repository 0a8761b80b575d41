// What GET /health tells.
export interface Source {
  instance?: string;
  position?: string | number;
  head?: string | number;
  live?: boolean;
}
export interface Instance {
  instance: string;
  service?: string;
  state?: string;
  position?: string | number;
  sources?: Source[];
}
export interface Health {
  instances?: Instance[];
}
