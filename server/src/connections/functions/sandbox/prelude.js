/**
 * What a function finds around itself, run inside QuickJS before the function's own code. It sees nothing of Node: its only
 * ways out are the four host functions it is given, which take and return text and have limits of their own (worker.ts).
 * Everything it needs later is taken from the globals now, because the function's code may change them.
 */
(function prelude(log, startFetch, startTimer, settle) {
  const { parse, stringify } = JSON;
  const { defineProperty } = Object;
  const { isArray } = Array;
  const text = String;
  const resolved = Promise.resolve.bind(Promise);
  const NewPromise = Promise;

  function publish(name, value) {
    defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }

  // Errors by which a function says what is to happen with the event.
  function errorType(name, fallback) {
    const type = class extends Error {
      constructor(message = fallback) {
        super(message);
        this.name = name;
      }
    };
    defineProperty(type, 'name', { value: name });
    publish(name, type);
  }
  errorType('EventNotSupported', 'this event is not supported');
  errorType('InvalidEventPayload', 'the event lacks something that is needed');
  errorType('ValidationError', 'the event or the settings are not valid');
  errorType('RetryError', 'to be tried again later');
  errorType('DropEvent', 'dropped by the function');

  function shown(value) {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.stack ? `${value.name}: ${value.message}\n${value.stack}` : text(value);
    if (typeof value === 'object' && value !== null) {
      try {
        return stringify(value) ?? text(value);
      } catch {
        return text(value);
      }
    }
    return typeof value === 'symbol' ? value.toString() : text(value);
  }
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    console[level] = (...values) => log(level, values.map(shown).join(' '));
  }
  publish('console', console);

  // What the host answers to fetches and timers comes back by number.
  const waiting = new Map();
  let last = 0;

  function headersOf(given) {
    const all = new Map();
    const add = (name, value) => all.set(text(name).toLowerCase(), text(value));
    if (given && typeof given.forEach === 'function' && !isArray(given))
      given.forEach((value, name) => void add(name, value));
    else if (isArray(given)) for (const [name, value] of given) add(name, value);
    else for (const [name, value] of Object.entries(given ?? {})) add(name, value);
    const headers = {
      get: (name) => all.get(text(name).toLowerCase()) ?? null,
      has: (name) => all.has(text(name).toLowerCase()),
      set: add,
      append: add,
      delete: (name) => void all.delete(text(name).toLowerCase()),
      forEach: (each) => all.forEach((value, name) => void each(value, name)),
      entries: () => all.entries(),
      keys: () => all.keys(),
      values: () => all.values(),
      [Symbol.iterator]: () => all.entries(),
    };
    return headers;
  }
  publish('Headers', function Headers(given) {
    return headersOf(given);
  });

  publish('fetch', function fetch(url, { method = 'GET', headers, body } = {}) {
    return new NewPromise((resolve, reject) => {
      const plain = {};
      headersOf(headers).forEach((value, name) => {
        plain[name] = value;
      });
      if (body !== undefined && body !== null && typeof body !== 'string') body = text(body);
      const id = ++last;
      waiting.set(id, ({ error, status, headers: received, text: content }) => {
        if (error !== undefined) {
          reject(new TypeError(`fetch failed: ${error}`));
          return;
        }
        resolve({
          status,
          ok: status >= 200 && status < 300,
          statusText: '',
          url: text(url),
          headers: headersOf(received),
          text: async () => content,
          json: async () => parse(content),
        });
      });
      startFetch(
        id,
        stringify({ url: text(url), method: text(method).toUpperCase(), headers: plain, body: body ?? null }),
      );
    });
  });

  publish('setTimeout', function setTimeout(work, delay = 0, ...values) {
    const id = ++last;
    waiting.set(id, () => work(...values));
    startTimer(id, Number(delay) || 0);
    return id;
  });
  publish('clearTimeout', function clearTimeout(id) {
    if (waiting.has(id)) waiting.set(id, () => {});
  });

  const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  publish('btoa', function btoa(value) {
    const bytes = Array.from(text(value), (character) => {
      const code = character.codePointAt(0);
      if (code > 255) throw new TypeError('btoa takes characters up to U+00FF');
      return code;
    });
    let encoded = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      for (let n = 0; n < 4; n++) {
        encoded += n > bytes.length - i ? '=' : BASE64[(group >> (18 - 6 * n)) & 63];
      }
    }
    return encoded;
  });
  publish('atob', function atob(value) {
    const digits = text(value).replace(/[\t\n\f\r ]|=+$/g, '');
    if (digits.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(digits)) throw new TypeError('atob takes base64');
    let decoded = '';
    let [bits, held] = [0, 0];
    for (const digit of digits) {
      held = ((held << 6) | BASE64.indexOf(digit)) & 0xffff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        decoded += String.fromCharCode((held >> bits) & 255);
      }
    }
    return decoded;
  });

  // What a source function makes of a request.
  const events = [];
  function collect(type) {
    return (event) => {
      if (typeof event !== 'object' || event === null) throw new TypeError(`Segment.${type} takes an object`);
      events.push({ type, ...event });
    };
  }
  function segment() {
    const api = {};
    for (const type of ['track', 'identify', 'group', 'page', 'screen', 'alias', 'set']) api[type] = collect(type);
    return api;
  }

  function requestOf({ body = null, headers = {}, queryParameters = {} } = {}) {
    const query = [];
    for (const [name, values] of Object.entries(queryParameters ?? {})) {
      for (const value of isArray(values) ? values : [values]) query.push([name, text(value)]);
    }
    const searchParams = {
      get: (name) => query.find(([one]) => one === name)?.[1] ?? null,
      getAll: (name) => query.filter(([one]) => one === name).map(([, value]) => value),
      has: (name) => query.some(([one]) => one === name),
      forEach: (each) => query.forEach(([name, value]) => void each(value, name)),
      entries: () => query.values(),
      keys: () => query.map(([name]) => name).values(),
      values: () => query.map(([, value]) => value).values(),
      [Symbol.iterator]: () => query.values(),
    };
    const joined = {};
    for (const [name, values] of Object.entries(headers ?? {}))
      joined[name] = isArray(values) ? values.join(', ') : values;
    return {
      headers: headersOf(joined),
      url: { searchParams },
      json: () => (typeof body === 'string' ? parse(body) : body),
      text: () => (typeof body === 'string' ? body : stringify(body)),
    };
  }

  const HANDLERS = {
    track: 'onTrack',
    identify: 'onIdentify',
    group: 'onGroup',
    page: 'onPage',
    screen: 'onScreen',
    alias: 'onAlias',
    delete: 'onDelete',
  };
  const { EventNotSupported, InvalidEventPayload } = globalThis;

  async function one(handlers, event, settings) {
    const type = typeof event === 'object' && event !== null ? event.type : undefined;
    const name = typeof type === 'string' && Object.hasOwn(HANDLERS, type) ? HANDLERS[type] : null;
    if (name === null)
      throw new InvalidEventPayload('the event needs a type: track, identify, group, page, screen, alias or delete');
    const handler = handlers[name];
    if (typeof handler !== 'function') throw new EventNotSupported(`the function has no ${name}`);
    return handler(event, settings);
  }

  async function call(handlers, isSource, payload, settings) {
    if (isSource) {
      if (typeof handlers.onRequest !== 'function') throw new EventNotSupported('the function has no onRequest');
      return handlers.onRequest(requestOf(payload), settings);
    }
    if (!isArray(payload)) return one(handlers, payload, settings);
    if (typeof handlers.onBatch === 'function') return handlers.onBatch(payload, settings);
    const results = [];
    for (const event of payload) results.push(await one(handlers, event, settings));
    return results;
  }

  function failure(error) {
    if (typeof error !== 'object' || error === null) return { name: 'Error', message: text(error), stack: '' };
    return { name: text(error.name ?? 'Error'), message: text(error.message ?? ''), stack: text(error.stack ?? '') };
  }

  return {
    /** Calls the handler; its end is told by `settle(true, {result, events})` or `settle(false, {name, message, stack})`. */
    invoke(handlers, isSource, payload, settings) {
      if (isSource) publish('Segment', segment());
      const fail = (error) => settle(false, stringify(failure(error)));
      resolved()
        .then(() => call(handlers, isSource, parse(payload), parse(settings)))
        .then((result) => settle(true, stringify({ result: result ?? null, events })))
        .catch(fail);
    },
    /** The answer to a fetch, or a timer's end. */
    wake(id, answer) {
      const goOn = waiting.get(id);
      waiting.delete(id);
      goOn?.(parse(answer));
    },
    failure: (error) => stringify(failure(error)),
  };
});
