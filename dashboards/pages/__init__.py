"""The pages: each module describes its page once for a Visit, and knows neither HTML nor Dash."""
