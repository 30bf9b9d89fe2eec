// Tests of the connector against `magespec mock`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Connector } from "./connector.mjs";

const connector = Connector.fromEnvironment();

test("orders are found by their status", async () => {
  const found = await connector.orders("pending");
  assert.ok(found.items.length <= 10);
  assert.ok(found.items.every((order) => order.status === "pending"));
  assert.equal(found.search_criteria.page_size, 10);
});

test("an order is shipped once", async () => {
  const [order] = (await connector.orders("pending", 1)).items;
  assert.ok(Number(await connector.ship(order.entity_id, "1Z999")) > 0);
  await assert.rejects(connector.ship(order.entity_id, "1Z999"), (refused) =>
    refused.status === 400 && refused.reason.includes("The order does not allow a shipment to be created."));
});

test("a SKU may have a slash", async () => {
  const sku = "A/B C+1";
  const found = await connector.product(sku).catch((refused) => refused);
  assert.ok(found.sku === sku || found.status === 404, found);
});

test("what the spec does not request is refused", async () => {
  await assert.rejects(connector.call("GET", "/customers/1"), {
    status: 401,
    parameters: { resources: "Magento_Customer::customer" },
  });
});

test("a wrong secret is refused", async () => {
  const other = Connector.fromEnvironment({ ...process.env, MAGENTO_ACCESS_TOKEN_SECRET: "wrong" });
  await assert.rejects(other.orders("pending"), { reason: "The signature is invalid. Verify and try again." });
});
