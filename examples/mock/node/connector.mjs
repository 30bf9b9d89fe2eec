// Reads orders and products of a Magento shop and ships orders, with oauth-1.0a.
import { createHmac } from "node:crypto";
import OAuth from "oauth-1.0a";

/** Answer of Magento with an error. */
export class Refused extends Error {
  constructor(status, { message, parameters }) {
    super(`${status} ${message}`);
    Object.assign(this, { status, reason: message, parameters });
  }
}

/** Magento 2.4.6 and 2.4.7 sign the decoded path: `/products/A%2FB` as `/products/A/B`. */
function signedUrl(url) {
  return url.replace(/%(2[46BCF]|3[ABD]|40)/gi, decodeURIComponent);
}

/** One integration of one shop. */
export class Connector {
  constructor({ baseUrl, consumerKey, consumerSecret, accessToken, accessTokenSecret }) {
    this.baseUrl = `${baseUrl.replace(/\/$/, "")}/rest/V1`;
    this.token = { key: accessToken, secret: accessTokenSecret };
    this.oauth = new OAuth({
      consumer: { key: consumerKey, secret: consumerSecret },
      signature_method: "HMAC-SHA256",
      hash_function: (base, key) => createHmac("sha256", key).update(base).digest("base64"),
    });
  }

  static fromEnvironment(env = process.env) {
    return new Connector({
      baseUrl: env.MAGENTO_BASE_URL,
      consumerKey: env.MAGENTO_CONSUMER_KEY,
      consumerSecret: env.MAGENTO_CONSUMER_SECRET,
      accessToken: env.MAGENTO_ACCESS_TOKEN,
      accessTokenSecret: env.MAGENTO_ACCESS_TOKEN_SECRET,
    });
  }

  async call(method, path, { query = {}, body } = {}) {
    const url = this.baseUrl + path;
    // oauth-1.0a would not decode `%5B` in names of the query. A JSON body is not part of the signature.
    const authorization = this.oauth.authorize({ url: signedUrl(url), method, data: query }, this.token);
    const headers = { ...this.oauth.toHeader(authorization), "Content-Type": "application/json" };
    const pairs = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join("="));
    const sent = pairs.length ? `${url}?${pairs.join("&")}` : url;
    const response = await fetch(sent, { method, headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Refused(response.status, answer);
    return answer;
  }

  orders(status, pageSize = 10) {
    const query = {
      "searchCriteria[filter_groups][0][filters][0][field]": "status",
      "searchCriteria[filter_groups][0][filters][0][value]": status,
      "searchCriteria[sortOrders][0][field]": "entity_id",
      "searchCriteria[sortOrders][0][direction]": "ASC",
      "searchCriteria[pageSize]": pageSize,
    };
    return this.call("GET", "/orders", { query });
  }

  ship(orderId, trackNumber) {
    const track = { track_number: trackNumber, title: "UPS", carrier_code: "ups" };
    return this.call("POST", `/order/${orderId}/ship`, { body: { tracks: [track] } });
  }

  product(sku) {
    return this.call("GET", `/products/${encodeURIComponent(sku)}`);
  }
}
