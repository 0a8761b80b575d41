// What a browser does of cookies and redirects, as far as these tests need it.
export class Browser {
  #jars = new Map();

  jar(address) {
    const { host } = new URL(address);
    if (!this.#jars.has(host)) this.#jars.set(host, new Map());
    return this.#jars.get(host);
  }

  async fetch(address, options = {}) {
    const jar = this.jar(address);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie ? { cookie } : {}) };
    const response = await fetch(address, { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0\b/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  // Goes on until `stops(address)` says that the next one is not to be asked, or there is none: that address.
  async follow(address, stops = () => false) {
    for (let hops = 0; hops < 12; hops++) {
      if (stops(address)) return address;
      const response = await this.fetch(address);
      const next = response.headers.get('location');
      if (!next) throw new Error(`${response.status} at ${address}: ${(await response.text()).slice(0, 300)}`);
      await response.arrayBuffer();
      address = new URL(next, address).href;
      if (new URL(address).hash) return address; // the page
    }
    throw new Error(`too many hops, the last to ${address}`);
  }
}
