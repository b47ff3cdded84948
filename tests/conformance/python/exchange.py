"""9: the exchange, embedded or on Kafka. Both have append, read, commit and wait."""

import psycopg
from confluent_kafka import OFFSET_STORED, Consumer, Producer, TopicPartition

from liaison import uuid7


class EmbeddedExchange:
    def __init__(self, place):
        self.place = place
        self.connection = psycopg.connect(place["url"], autocommit=True)
        channel = "select channel from exchange.topics() where may_read"
        self.connection.execute("listen " + self.connection.execute(channel).fetchone()[0])

    def wait(self):
        """Until something may have come, a second at most."""
        for _ in self.connection.notifies(timeout=1, stop_after=1):
            pass

    def append(self, record):
        self.connection.execute(
            "select exchange.append(%s, %s::text[], %s::bytea[], array['{}'::jsonb])",
            (self.place["writeTopic"], [uuid7()], [record]),
        )

    def read(self):
        read = 'select "offset", value from exchange.read(%s, %s, null, 100, 4000000)'
        return self.connection.execute(read, (self.place["readTopic"], self.place["group"])).fetchall()

    def commit(self, next_offset):
        commit = "select exchange.commit(%s, %s, %s::bigint)"
        self.connection.execute(commit, (self.place["readTopic"], self.place["group"], next_offset))


class KafkaExchange:
    def __init__(self, place, folder):
        self.place = place
        common = {
            "bootstrap.servers": place["url"].removeprefix("kafka://"),
            "security.protocol": "SSL",
            "ssl.ca.location": str(folder / "exchange-ca.pem"),
            "ssl.certificate.location": str(folder / "exchange-certificate.pem"),
            "ssl.key.location": str(folder / "exchange-key.pem"),
        }
        self.producer = Producer({**common, "acks": "all"})
        self.consumer = Consumer(
            {
                **common,
                "group.id": place["group"],
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
            }
        )
        self.consumer.assign([TopicPartition(place["readTopic"], 0, OFFSET_STORED)])

    def wait(self):
        """Nothing: reading waits."""

    def append(self, record):
        failures = []
        self.producer.produce(
            self.place["writeTopic"],
            value=record,
            key=uuid7(),
            partition=0,
            on_delivery=lambda error, _: failures.append(error) if error else None,
        )
        left = self.producer.flush(20)
        if left or failures:
            raise RuntimeError(f"not written: {failures}")

    def read(self):
        records = self.consumer.consume(num_messages=100, timeout=1)
        for record in records:
            if record.error():
                raise RuntimeError(str(record.error()))
        return [(record.offset(), record.value()) for record in records]

    def commit(self, next_offset):
        offsets = [TopicPartition(self.place["readTopic"], 0, next_offset)]
        self.consumer.commit(offsets=offsets, asynchronous=False)


def open_exchange(place, folder):
    if place["url"].startswith("kafka://"):
        return KafkaExchange(place, folder)
    return EmbeddedExchange(place)
