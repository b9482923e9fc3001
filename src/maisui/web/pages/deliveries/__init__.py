"""Deliveries and tie-outs: may today's figures be trusted?"""
