"""The core: pure functions over frozen values. It knows no Telegram, database or YAML."""
